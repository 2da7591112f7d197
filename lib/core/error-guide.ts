import type { ErrorCode } from './errors.ts';

interface ErrorAdvice {
  readonly means: string;
  /** What a caller does about it. */
  readonly remedy: string;
}

/** Every error code as the documentation explains it, in sentences. */
export const errorGuide: Readonly<Record<ErrorCode, ErrorAdvice>> = {
  bad_request: {
    means: 'The request cannot be read: its JSON, its cursor, or which workspace it is for.',
    remedy: 'Correct it as the message says.',
  },
  unauthenticated: {
    means: 'The call carries no API key, session or link, or one that is unknown, revoked or expired.',
    remedy: 'Make a new key, sign in again, or copy the link whole.',
  },
  forbidden: {
    means: 'The caller is known, and the key’s scope or the member’s role is too low.',
    remedy: 'Use a key with the scope that the operation names, or ask an owner for the role.',
  },
  not_found: {
    means: 'There is no such thing in this workspace.',
    remedy: 'Check the id, and that the key belongs to the workspace you mean.',
  },
  conflict: {
    means: 'What is there stands against it: a name is taken, work is under way, a job has ended.',
    remedy: 'Read what is there; wait, or choose another name.',
  },
  version_mismatch: {
    means: 'It has changed since the version named in If-Match.',
    remedy: 'Read it again, and repeat the change with the new ETag.',
  },
  link_expired: {
    means: 'The download link’s time is over.',
    remedy: 'Get a new link from the history of the export.',
  },
  too_large: {
    means: 'The body is larger than 4.5 MB.',
    remedy: 'Send files through POST /api/uploads.',
  },
  invalid: {
    means: 'The request was read, and some values are not right.',
    remedy: 'Correct each field that `fields` names.',
  },
  too_many_requests: {
    means: 'Too many calls in a short time.',
    remedy: 'Wait as long as Retry-After says, then try again.',
  },
  internal: {
    means: 'Something went wrong on our side.',
    remedy: 'Try again; if it stays, ask for help with the requestId.',
  },
  unavailable: {
    means: 'A part that we depend on does not answer.',
    remedy: 'Try again in a moment; GET /api/health says which part it is.',
  },
  cancelled: {
    means: 'The job was cancelled by a person.',
    remedy: 'Start it again if it is still wanted.',
  },
  lease_lost: {
    means: 'Another worker has taken over this piece of work.',
    remedy: 'Nothing: the other worker goes on with it.',
  },
  AUTH_FAILED: {
    means: 'The other side refused the credentials of the source.',
    remedy: 'Enter new credentials.',
  },
  RATE_LIMITED: {
    means: 'The other side asks us to call more slowly.',
    remedy: 'Wait as long as Retry-After says; jobs do so by themselves.',
  },
  throttled: {
    means: 'The calls that the source’s limits allow are used up for now; none was made.',
    remedy: 'Wait as long as Retry-After says, or raise the source’s own limits; jobs wait by themselves.',
  },
  NETWORK_ERROR: {
    means: 'The other side cannot be reached or broke off.',
    remedy: 'Check its address, or try again later; jobs do so by themselves.',
  },
  REQUEST_REFUSED: {
    means: 'The other side refused the call for good, or its address may not be called.',
    remedy: 'Check the address and what the account may see.',
  },
  DATA_ERROR: {
    means: 'The other side answered with something that is not the data asked for.',
    remedy: 'Open the address and compare it with what the source expects.',
  },
  bookmark_expired: {
    means: 'The other side no longer keeps changes from as far back as the last sync.',
    remedy: 'Sync the source in full; a sync does so by itself.',
  },
  not_cached: {
    means: 'What the last sync has read is not kept whole any more.',
    remedy: 'Sync without the cache; a sync does so by itself.',
  },
  MAPPING_ERROR: {
    means: 'The mapping no longer fits the source or the dataset.',
    remedy: 'Change the mapping as the message says, and sync again.',
  },
  destination_unavailable: {
    means: 'Where the export is to go cannot be reached.',
    remedy: 'Check the destination; the delivery is tried again.',
  },
  data_validation_failed: {
    means: 'The rows do not pass the checks of the export.',
    remedy: 'Correct the rows or the checks, and run it again.',
  },
};
