import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { readBody } from '#lib/api/body.ts';
import { problem } from '#lib/api/problem.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { asService } from '#lib/db/as-service.ts';
import { log } from '#lib/log.ts';
import { seal, unseal } from '#lib/secrets/cipher.ts';

const MAX_KEY_LENGTH = 255;
const REMOVED_AT_ONCE = 1_000;

/** A POST of a member that may be a repeat of an earlier one. */
interface Attempt {
  readonly request: Request;
  readonly acting: Acting;
  readonly requestId: string;
}

/**
 * Answers a POST that carries an `Idempotency-Key` once: a repeat by the same caller, at the same address and with
 * the same body, gets the first answer for 24 hours, errors of the caller included. Throws `invalid` for another
 * body and `conflict` while the first is under way. What fails on our side, or for a time, is not kept, and what
 * died is taken over after a minute: so the work itself may begin twice, though never at once.
 */
export async function once(attempt: Attempt, work: () => Promise<Response>): Promise<Response> {
  const { request, acting, requestId } = attempt;
  const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null;
  if (key === null) return work();
  const digests = await digestsOf(request, key);
  const claimed = await claim(acting, digests);
  if (claimed.state === 'answered') return replay(claimed, contextOf(acting, digests.key));
  if (claimed.state !== 'claimed') throw refusals[claimed.state]();
  const response = await work().catch((error: unknown) => problem(error, requestId));
  return settle(attempt, claimed.claim, contextOf(acting, digests.key), response);
}

interface Digests {
  readonly key: Buffer;
  readonly body: Buffer;
}

async function digestsOf(request: Request, key: string): Promise<Digests> {
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    const wanted = `must have 1 to ${MAX_KEY_LENGTH} characters`;
    throw new EntrepotError('bad_request', `The Idempotency-Key ${wanted}.`);
  }
  const { pathname, search } = new URL(request.url);
  const body = await readBody(request.clone());
  return { key: digest(JSON.stringify([request.method, pathname, search, key])), body: digest(body) };
}

function digest(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

type Claim =
  | { readonly state: 'claimed'; readonly claim: string }
  | { readonly state: 'answered'; readonly status: number; readonly key_id: string; readonly answer: Buffer }
  | { readonly state: 'running' | 'differs' };

function claim(acting: Acting, { key, body }: Digests): Promise<Claim> {
  return asMember(acting, async ({ db }) => {
    const { rows } = await sql<Claim>`select * from private.claim_request(${key}, ${body})`.execute(db);
    return rows[0] as Claim;
  });
}

const refusals = {
  running: () =>
    new EntrepotError('conflict', 'The first call with this Idempotency-Key is still running. Wait for it.'),
  differs: () =>
    new EntrepotError(
      'invalid',
      'This Idempotency-Key was used with another body. Take a new key for what is new.',
      { fields: { 'Idempotency-Key': 'was used with another body' } },
    ),
} as const;

function replay(
  { status, key_id, answer }: Extract<Claim, { state: 'answered' }>,
  context: readonly string[],
): Response {
  const text = unseal({ keyId: key_id, ciphertext: answer }, context);
  if (text === undefined) {
    const advice = 'Look whether it was done, and take a new key.';
    throw new EntrepotError(
      'conflict',
      `The first answer to this Idempotency-Key cannot be read any more. ${advice}`,
    );
  }
  const headers = new Headers({ 'idempotent-replayed': 'true' });
  if (text !== '') headers.set('content-type', 'application/json');
  return new Response(text || null, { status, headers });
}

/** Keeps the answer, or gives the claim up; where neither can be done, the work is done all the same. */
async function settle(
  { acting }: Attempt,
  claim: string,
  context: readonly string[],
  response: Response,
): Promise<Response> {
  const { status, headers } = response;
  const text = await response.text();
  const passing = status >= 500 || status === 429;
  const { keyId, ciphertext } = seal(text, context);
  const settling = passing
    ? sql`select private.give_up_claim(${claim})`
    : sql`select private.keep_answer(${claim}, ${status}, ${keyId}, ${ciphertext})`;
  await asMember(acting, ({ db }) => settling.execute(db)).catch((error: unknown) =>
    log().warn({ error }, 'an answer could not be kept for a repeat'),
  );
  return new Response(text || null, { status, headers });
}

function contextOf({ workspaceId, actor }: Acting, key: Buffer): readonly string[] {
  return ['kept answer', workspaceId, actor.id, key.toString('hex')];
}

/** Removes answers older than a day, a bounded number a call; answers how many. */
export async function forgetAnswers(): Promise<number> {
  const removed = await asService(({ db }) =>
    sql`
      delete from private.idempotent_requests where claim in (
        select claim from private.idempotent_requests
        where claimed_at < now() - interval '24 hours' limit ${REMOVED_AT_ONCE})
    `.execute(db),
  );
  return Number(removed.numAffectedRows ?? 0);
}
