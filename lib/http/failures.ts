import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { askedPause, limitedWait } from './waits.ts';

/** Statuses that may pass by themselves, beside 429 and all from 500 on: request timeout, too early. */
const passingStatuses = new Set([408, 425]);

/** The error for an answer that is neither 2xx nor a redirect to follow. Names the host and no more. */
export function refusalOf(
  host: string,
  status: number,
  headers: Readonly<Record<string, string>>,
  now: Date,
): EntrepotError {
  if (status === 429) {
    return new EntrepotError(
      'RATE_LIMITED',
      `${host} allows no more calls for now (429). It is tried again later.`,
      { retryAfterMs: limitedWait(headers, now) },
    );
  }
  if (status >= 500 || passingStatuses.has(status)) {
    const asked = askedPause(headers, now);
    return new EntrepotError('NETWORK_ERROR', `${host} could not answer (${status}). Try again later.`, {
      ...(asked !== undefined && { retryAfterMs: asked }),
    });
  }
  return permanentRefusal(host, status);
}

function permanentRefusal(host: string, status: number): EntrepotError {
  switch (status) {
    case 401:
      return new EntrepotError(
        'AUTH_FAILED',
        `${host} does not accept the credentials (401). Enter valid ones.`,
      );
    case 403:
      return new EntrepotError(
        'AUTH_FAILED',
        `${host} forbids this with these credentials (403). Grant them access there, or enter others.`,
      );
    case 404:
    case 410:
      return new EntrepotError(
        'REQUEST_REFUSED',
        `${host} has nothing at this address (${status}). Check the address.`,
      );
    default:
      return new EntrepotError(
        'REQUEST_REFUSED',
        `${host} refused the request (${status}). Check the address and the settings of this source.`,
      );
  }
}

interface Explanation {
  readonly codes: RegExp;
  readonly means: 'NETWORK_ERROR' | 'REQUEST_REFUSED' | 'DATA_ERROR';
  readonly sentence: (host: string, code: string) => string;
}

/** What the codes of Node, OpenSSL and undici mean to a person; the first that fits counts. */
const explanations: readonly Explanation[] = [
  {
    codes: /^ENOTFOUND$/,
    means: 'REQUEST_REFUSED',
    sentence: (host) => `There is no host named ${host}. Check the address.`,
  },
  {
    codes: /CERT|UNABLE_TO_/,
    means: 'REQUEST_REFUSED',
    sentence: (host, code) =>
      `The certificate of ${host} is not trusted (${code}). Its operator has to renew it.`,
  },
  {
    codes: /^(EPROTO|ERR_SSL)/,
    means: 'REQUEST_REFUSED',
    sentence: (host) => `${host} does not speak https on this port. Check the address.`,
  },
  {
    codes: /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED)$/,
    means: 'REQUEST_REFUSED',
    sentence: (host) =>
      `A header for ${host} cannot be sent over HTTP. Check the names and values of the headers.`,
  },
  {
    codes: /^(HPE_|HTTPParserError)/,
    means: 'DATA_ERROR',
    sentence: (host) => `${host} does not answer in HTTP. Check the address.`,
  },
  {
    codes: /TIMEOUT|TIMEDOUT/,
    means: 'NETWORK_ERROR',
    sentence: (host) => `${host} did not answer in time. Try again later.`,
  },
];

const unexplained: Omit<Explanation, 'codes'> = {
  means: 'NETWORK_ERROR',
  sentence: (host, code) => `The connection to ${host} failed (${code}). Try again later.`,
};

/** The error for a request that got no answer at all. */
export function failureOf(host: string, error: unknown): EntrepotError {
  if (isEntrepotError(error)) return error;
  const code = codeOf(error);
  const { means, sentence } = explanations.find(({ codes }) => codes.test(code)) ?? unexplained;
  return new EntrepotError(means, sentence(host, code), { cause: error });
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
