interface GuideSection {
  readonly id: string;
  readonly title: string;
  /** Paragraphs, in which only `code` is marked. */
  readonly text: readonly string[];
}

/** What holds for every operation, said once for the document and for its readable page. */
export const guide: readonly GuideSection[] = [
  {
    id: 'authentication',
    title: 'Authentication',
    text: [
      'Send an API key with each call, as `Authorization: Bearer ent_…`. Keys are made under Settings → API keys and are shown once. A key acts in its one workspace: with the scope `read` it reads, with `write` it changes too, with `admin` it may do what an owner may; and never more than the person who made it may at that moment.',
      'A signed-in browser may call by its session too. Whoever belongs to several workspaces then names one by its id in the header `Entrepot-Workspace`.',
    ],
  },
  {
    id: 'values',
    title: 'Values',
    text: [
      'Bodies and answers are JSON in UTF-8, at most 4.5 MB. Fields that an operation does not know are refused, so that a typing error is found. Answers may gain fields: ignore those that you do not know.',
      'Times are ISO 8601 in UTC. Decimals, and integers past 2^53, are texts, so that no digit is lost.',
    ],
  },
  {
    id: 'lists',
    title: 'Lists',
    text: [
      'A list answers `{ "items": […], "nextCursor": … }`: at most `limit` items, 50 if you do not say, 500 at most. Send `nextCursor` back as `cursor` for the next page; null means that there is none. A cursor is opaque and belongs to its list, with the same filter and order. Pages are keyset pages: what comes in meanwhile makes nothing appear twice or be skipped.',
    ],
  },
  {
    id: 'repeats',
    title: 'Safe repeats',
    text: [
      'Every POST takes an `Idempotency-Key`: a text of yours of up to 255 characters, new for each new piece of work. When an answer got lost, send the same call again: for 24 hours it gets the first answer, marked with `Idempotent-Replayed: true`, and nothing is done twice. A key counts for one caller and one address.',
      'While the first call is still at work, the answer is 409 `conflict`; with another body it is 422 `invalid`. Errors of 429 and 5xx are not kept: after them, the same call is a new try. Should our server die at work, the same call is taken up again after a minute; what it had done by then may be done once more.',
    ],
  },
  {
    id: 'changes',
    title: 'Changes at the same time',
    text: [
      'What can be changed carries an `ETag` when it is read. Send it back as `If-Match` with a PATCH or DELETE: it takes place only if nobody has changed the same since, and else answers 409 `version_mismatch`. Then read it again and repeat the change. Without `If-Match` the last change wins.',
    ],
  },
  {
    id: 'limits',
    title: 'Limits',
    text: [
      'Where the installation has a Redis, one API key makes at most 1,200 calls within a minute. What is past that is answered 429 `too_many_requests`, with the seconds to wait in `Retry-After`, and has done nothing.',
      'The address of a webhook takes 300 calls within a minute, with a Redis or without.',
    ],
  },
  {
    id: 'work',
    title: 'Work that takes longer',
    text: [
      'Syncs and exports answer 202 with the id of a job at once. Ask `GET /api/jobs/{id}?since=<version>`, which answers 204 until there is news, or follow `GET /api/jobs/{id}/events` as server-sent events. A job that died goes on by itself from the last page that it had committed.',
    ],
  },
];
