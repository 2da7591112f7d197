import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';

import type { Faults } from './faults.ts';
import type { Message } from './message.ts';

/** What became of one attempt; status 0 when no answer came, with the reason as its body. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
};

/** One request that left the queue, as tests look at it. */
export type Delivery = {
  readonly messageId: string;
  readonly url: string;
  readonly retried: number;
  readonly status: number;
  readonly scheduleId: string | undefined;
};

/** Carries messages to their targets. */
export type Courier = {
  /** One attempt, with whatever faults are on; never rejects, and is over soon after the signal aborts. */
  deliver(message: Message, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
};

type Tools = {
  readonly faults: Faults;
  readonly random: () => number;
  readonly sign: (url: string, body: Buffer) => Promise<string>;
  readonly record: (delivery: Delivery) => void;
};

const LONGEST_KEPT_BODY_BYTES = 1_000_000;

/** A courier that opens a fresh connection for every attempt, so that a restarted target is no failed attempt. */
export function courier({ faults, random, sign, record }: Tools): Courier {
  const agent = new Agent({ pipelining: 0, headersTimeout: 0, bodyTimeout: 0 });
  const happens = (rate: number) => random() < rate;

  async function send(message: Message, signal: AbortSignal): Promise<Answer> {
    const signature = await sign(message.url, message.body);
    const exchange = (limit: AbortSignal) => answered(message, signature, agent, limit);
    const answer = await within(message.timeoutMs, signal, exchange).catch(lost);
    const { id: messageId, url, retried, scheduleId } = message;
    record({ messageId, url, retried, status: answer.status, scheduleId });
    return answer;
  }

  async function attempt(message: Message, signal: AbortSignal): Promise<Answer> {
    if (faults.slowByMs > 0) await sleep(faults.slowByMs, undefined, { signal });
    if (happens(faults.dropBeforeTarget)) return lost(new Error('connection lost before the target'));
    const copy = happens(faults.duplicateAtOnce) ? send(message, signal) : undefined;
    const [answer] = await Promise.all([send(message, signal), copy]);
    if (happens(faults.duplicateAfterAnswer)) await send(message, signal);
    return happens(faults.loseAnswer) ? lost(new Error('answer lost')) : answer;
  }

  return {
    deliver: (message, signal) => attempt(message, signal).catch(lost),
    close: () => agent.destroy(),
  };
}

/** Aborts the work when its time is up; unlike `AbortSignal.timeout`, leaves no timer behind when it is done. */
async function within<T>(
  ms: number,
  signal: AbortSignal,
  work: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeUp = new AbortController();
  const timer = setTimeout(() => timeUp.abort(new Error(`timeout after ${ms} ms`)), ms);
  try {
    return await work(AbortSignal.any([signal, timeUp.signal]));
  } finally {
    clearTimeout(timer);
  }
}

async function answered(
  message: Message,
  signature: string,
  dispatcher: Agent,
  signal: AbortSignal,
): Promise<Answer> {
  const { statusCode, headers, body } = await request(message.url, {
    method: message.method as 'POST',
    headers: deliveryHeaders(message, signature),
    body: message.body.length > 0 ? message.body : null,
    dispatcher,
    signal,
  });
  return { status: statusCode, headers: lists(headers), body: await beginning(body) };
}

// https://upstash.com/docs/qstash/howto/receiving
function deliveryHeaders(message: Message, signature: string): Record<string, string> {
  return {
    ...message.headers,
    'user-agent': 'Upstash-QStash',
    'upstash-signature': signature,
    'upstash-message-id': message.id,
    'upstash-retried': String(message.retried),
    'upstash-caller-ip': '127.0.0.1',
    ...(message.scheduleId === undefined ? {} : { 'upstash-schedule-id': message.scheduleId }),
  };
}

function lists(headers: Record<string, string | string[] | undefined>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat()]));
}

/** Reads to the end, for an answer cut short is no answer, but keeps the first megabyte only. */
async function beginning(body: Readable): Promise<Buffer> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    if (bytes < LONGEST_KEPT_BODY_BYTES) kept.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(kept).subarray(0, LONGEST_KEPT_BODY_BYTES);
}

function lost(reason: unknown): Answer {
  return { status: 0, headers: {}, body: Buffer.from(String(reason)) };
}
