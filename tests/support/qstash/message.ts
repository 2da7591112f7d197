import { randomUUID } from 'node:crypto';

import { durationMs } from './duration.ts';
import { evaluate } from './expression.ts';
import { Refusal } from './refusal.ts';

/** Header names in lower case, one value each. */
export type Headers = Readonly<Record<string, string>>;

/** What is to be delivered, and how far that has come. Times are milliseconds since 1970. */
export type Message = {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  /** What the target gets besides QStash's own headers. */
  readonly headers: Headers;
  readonly body: Buffer;
  readonly createdAt: number;
  readonly maxRetries: number;
  readonly retryDelay: string | undefined;
  readonly timeoutMs: number;
  readonly failureCallback: { readonly url: string; readonly headers: Headers } | undefined;
  readonly scheduleId: string | undefined;
  /** When the next attempt is due. */
  notBefore: number;
  /** Failed attempts so far. */
  retried: number;
};

// The free plan's limits, so that what works here works on every plan.
const DEFAULT_RETRIES = 3;
const LONGEST_RESPONSE_MS = 15 * 60_000;
const LONGEST_DELAY_MS = 7 * 86_400_000;

// A header that changes what is delivered is refused rather than ignored.
const UNSUPPORTED = [
  'upstash-callback',
  'upstash-content-based-deduplication',
  'upstash-flow-control-key',
  'upstash-queue-name',
  'upstash-redact-fields',
];

const FORWARD = 'upstash-forward-';
const FAILURE_CALLBACK = 'upstash-failure-callback';

/** The message that a call to publish, or a schedule, asks for; throws a Refusal naming what is wrong with it. */
export function readMessage(url: string, headers: Headers, body: Buffer, now: number): Message {
  const unsupported = UNSUPPORTED.find((name) => name in headers);
  if (unsupported) throw new Refusal(501, `${unsupported} is not part of this emulator`);
  const callback = headers[FAILURE_CALLBACK];
  return {
    id: newId(),
    url: checkedUrl(url),
    method: headers['upstash-method'] ?? 'POST',
    headers: { ...pick(headers, 'content-type'), ...withoutPrefix(headers, FORWARD, '') },
    body,
    createdAt: now,
    maxRetries: count(headers['upstash-retries']) ?? DEFAULT_RETRIES,
    retryDelay: checkedExpression(headers['upstash-retry-delay']),
    timeoutMs: Math.min(duration(headers, 'upstash-timeout') ?? LONGEST_RESPONSE_MS, LONGEST_RESPONSE_MS),
    failureCallback: callback === undefined ? undefined : readCallback(callback, headers, now),
    scheduleId: headers['upstash-schedule-id'],
    notBefore: dueAt(headers, now),
    retried: 0,
  };
}

/** The same message under a new id, due now, with all its retries ahead. */
export function republished(message: Message, now: number): Message {
  return { ...message, id: newId(), createdAt: now, notBefore: now, retried: 0 };
}

/** The message as the API shows it. */
export function describeMessage(message: Message): Record<string, unknown> {
  return {
    messageId: message.id,
    url: message.url,
    method: message.method,
    header: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, [value]])),
    body: message.body.toString(),
    createdAt: message.createdAt,
    notBefore: message.notBefore,
    maxRetries: message.maxRetries,
    retryDelayExpression: message.retryDelay,
    failureCallback: message.failureCallback?.url,
    scheduleId: message.scheduleId,
    callerIP: '127.0.0.1',
  };
}

function newId(): string {
  return `msg_${randomUUID().replaceAll('-', '')}`;
}

/** The URL as it was given, for the signature names it; a Refusal when it is not one of http or https. */
function checkedUrl(url: string): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new Refusal(400, 'invalid destination url: it must begin with http:// or https://');
}

function checkedExpression(expression: string | undefined): string | undefined {
  if (expression === undefined) return undefined;
  try {
    evaluate(expression, 0);
  } catch (cause) {
    throw new Refusal(400, `invalid Upstash-Retry-Delay: ${expression}`, { cause });
  }
  return expression;
}

function dueAt(headers: Headers, now: number): number {
  const notBefore = count(headers['upstash-not-before']);
  const due = notBefore === undefined ? now + (duration(headers, 'upstash-delay') ?? 0) : notBefore * 1000;
  if (due > now + LONGEST_DELAY_MS) throw new Refusal(400, 'a message can be delayed by seven days at most');
  return due;
}

function duration(headers: Headers, name: string): number | undefined {
  const text = headers[name];
  if (text === undefined) return undefined;
  const ms = durationMs(text);
  if (ms === undefined) throw new Refusal(400, `invalid ${name}: ${text}`);
  return ms;
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Refusal(400, `not a whole number: ${text}`);
  return Number(text);
}

function pick(headers: Headers, name: string): Headers {
  const value = headers[name];
  return value === undefined ? {} : { [name]: value };
}

/**
 * `Upstash-Failure-Callback-Retries` and the like configure the callback as `Upstash-Retries` does a message; its
 * retries are the message's own unless it says otherwise.
 */
function readCallback(url: string, headers: Headers, now: number): Message['failureCallback'] {
  const inherited = pick(headers, 'upstash-retries');
  const own = { ...inherited, ...withoutPrefix(headers, `${FAILURE_CALLBACK}-`, 'upstash-') };
  readMessage(url, own, Buffer.alloc(0), now);
  return { url, headers: own };
}

function withoutPrefix(headers: Headers, prefix: string, instead: string): Headers {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, value]) => [instead + name.slice(prefix.length), value]));
}
