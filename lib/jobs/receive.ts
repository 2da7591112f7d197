import { Receiver } from '@upstash/qstash';
import { z } from 'zod';
import { env } from '#lib/env.ts';
import { receiverUrl, ring, ringAll } from '#lib/jobs/bell.ts';
import { type Claim, type ClaimedJob, claim, type Message } from '#lib/jobs/claim.ts';
import type { NextTurn } from '#lib/jobs/finish.ts';
import { freePlaces, inPlace } from '#lib/jobs/places.ts';
import { defaultWorkshop, runTurn, type TurnEnd, type Workshop } from '#lib/jobs/runner.ts';
import { ringOverdue } from '#lib/jobs/sweep.ts';
import { giveWay, ringWaiting } from '#lib/jobs/waiting.ts';
import { log, withLogContext } from '#lib/log.ts';

const messageBody = z.object({ jobId: z.uuid(), seq: z.int().min(0) });

/** When a message comes again that could not be dealt with; all its repeats together outlast a lease. */
const RETRY_AFTER_MS = 20_000;
const CLOCK_TOLERANCE_SECONDS = 5;

/**
 * Serves one message of the queue: one slice of one job. Answers only when the next turn has been rung: 200
 * where the queue may forget the message, 503 with `Retry-After` where it must come again, 489 where the job
 * has failed for good, 401 where the queue did not send it to this address.
 */
export async function receive(request: Request, workshop: Workshop = defaultWorkshop()): Promise<Response> {
  const body = await verifiedBody(request);
  if (body === undefined) return refused('unauthenticated', 401);
  const message = messageOf(request, body);
  if (!message) return permanentFailure('bad_request');
  return withLogContext({ jobId: message.jobId }, async () => {
    try {
      return await serve(message, workshop);
    } catch (error) {
      log().error({ error }, 'a message could not be served; it will come again');
      return comeAgain(RETRY_AFTER_MS);
    }
  });
}

async function serve(message: Message, workshop: Workshop): Promise<Response> {
  const worked = await inPlace((hasPlace) => work(message, workshop, hasPlace));
  const response = await answer(message, worked);
  await ringWaiting(freePlaces()).catch((error) => log().warn({ error }, 'nobody was rung for a free place'));
  if ('end' in worked) {
    await ringOverdue(workshop.timings).catch((error) => log().warn({ error }, 'no sweep after the slice'));
  }
  return response;
}

type Worked =
  | { readonly job: ClaimedJob; readonly end: TurnEnd }
  | { readonly claimed: Exclude<Claim, { outcome: 'claimed' }> };

async function work(message: Message, workshop: Workshop, hasPlace: boolean): Promise<Worked> {
  const claimed = await claim(message, workshop.timings.leaseMs, hasPlace);
  if (claimed.outcome !== 'claimed') return { claimed };
  const { job } = claimed;
  return withLogContext({ workspaceId: job.workspaceId }, async () => ({
    job,
    end: await runTurn(job, workshop),
  }));
}

function answer(message: Message, worked: Worked): Promise<Response> {
  return 'end' in worked ? answerTurn(worked.job, worked.end) : answerUnclaimed(message, worked.claimed);
}

/** A stale message may be the repeat of one that died before it rang the next turn, so it rings that. */
async function answerUnclaimed({ jobId }: Message, claimed: Exclude<Claim, { outcome: 'claimed' }>) {
  if (claimed.outcome === 'early') return comeAgain(claimed.waitMs);
  if (claimed.outcome === 'stale') return ringNext(jobId, claimed);
  return done();
}

async function answerTurn(job: ClaimedJob, end: TurnEnd): Promise<Response> {
  if (end.outcome === 'next') return answerNext(job, end.turn);
  if (end.outcome === 'unknown') return comeAgain(end.waitMs);
  if (end.outcome === 'lost') return done();
  await ringAll(end.released);
  return end.outcome === 'failed' ? permanentFailure('job_failed') : done();
}

/** One that is put off gives way by that. */
async function answerNext(job: ClaimedJob, turn: NextTurn): Promise<Response> {
  const waits = Date.parse(turn.dueAt) <= Date.now() && (await giveWay(job, turn));
  return waits ? done() : ringNext(job.id, turn);
}

async function ringNext(jobId: string, { seq, dueAt }: { seq: number; dueAt: string }): Promise<Response> {
  const rung = await ring(jobId, seq, { notBefore: new Date(dueAt) });
  return rung ? done() : comeAgain(RETRY_AFTER_MS);
}

/** The raw body, where the signature is over it and over the address that we know to be ours. */
async function verifiedBody(request: Request): Promise<string | undefined> {
  const signature = request.headers.get('upstash-signature');
  if (!signature) return undefined;
  const { QSTASH_CURRENT_SIGNING_KEY, QSTASH_NEXT_SIGNING_KEY } = env();
  const receiver = new Receiver({
    currentSigningKey: QSTASH_CURRENT_SIGNING_KEY,
    nextSigningKey: QSTASH_NEXT_SIGNING_KEY,
    devMode: false,
  });
  const body = await request.text();
  try {
    await receiver.verify({ signature, body, url: receiverUrl(), clockTolerance: CLOCK_TOLERANCE_SECONDS });
    return body;
  } catch (error) {
    log().warn({ error }, 'a message with a wrong signature was refused');
    return undefined;
  }
}

function messageOf(request: Request, body: string): Message | undefined {
  const parsed = messageBody.safeParse(jsonOf(body));
  if (!parsed.success) return undefined;
  return {
    ...parsed.data,
    messageId: request.headers.get('upstash-message-id') ?? '',
    retried: Number(request.headers.get('upstash-retried')) || 0,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function done(): Response {
  return Response.json({ ok: true });
}

function comeAgain(afterMs: number): Response {
  const seconds = Math.max(1, Math.ceil(afterMs / 1_000));
  return refused('unavailable', 503, { 'Retry-After': String(seconds) });
}

/** The status and header by which the queue knows not to repeat a message. */
function permanentFailure(code: string): Response {
  return refused(code, 489, { 'Upstash-NonRetryable-Error': 'true' });
}

function refused(code: string, status: number, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { code } }, { status, headers });
}
