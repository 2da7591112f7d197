import type { Answer } from './delivery.ts';
import { durationMs } from './duration.ts';
import { evaluate } from './expression.ts';
import type { Message } from './message.ts';

const DAY_MS = 86_400_000;
const ASKING_HEADERS = [
  'retry-after',
  'x-ratelimit-reset',
  'x-ratelimit-reset-requests',
  'x-ratelimit-reset-tokens',
];

/**
 * Milliseconds until the next attempt: what the target asked for, else the message's own expression, else
 * `e^(2.5n)` seconds before the n-th retry; a day at most. https://upstash.com/docs/qstash/features/retry
 */
export function retryDelayMs(message: Message, answer: Answer, now: number): number {
  const asked = askedDelayMs(answer, now);
  if (asked !== undefined && asked <= DAY_MS) return asked;
  return Math.min(ownDelayMs(message), DAY_MS);
}

function ownDelayMs({ retryDelay, retried }: Message): number {
  if (retryDelay === undefined) return Math.exp(2.5 * (retried + 1)) * 1000;
  const delay = evaluate(retryDelay, retried);
  return Number.isNaN(delay) ? 0 : Math.max(0, delay);
}

function askedDelayMs(answer: Answer, now: number): number | undefined {
  const text = ASKING_HEADERS.flatMap((name) => answer.headers[name] ?? [])[0];
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const duration = durationMs(text);
  if (duration !== undefined) return duration;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
