import type { DeadLetter } from './dead-letters.ts';
import { type Message, readMessage } from './message.ts';

/** The message that tells a failure callback of a dead letter, bodies in base64; undefined when none was asked for. */
export function failureCallback({ id, message, answer }: DeadLetter, now: number): Message | undefined {
  if (!message.failureCallback) return undefined;
  const { url, headers } = message.failureCallback;
  const body = JSON.stringify({
    status: answer.status,
    header: answer.headers,
    body: answer.body.toString('base64'),
    retried: message.retried,
    maxRetries: message.maxRetries,
    dlqId: id,
    sourceMessageId: message.id,
    url: message.url,
    method: message.method,
    sourceHeader: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, [value]])),
    sourceBody: message.body.toString('base64'),
    notBefore: message.notBefore,
    createdAt: message.createdAt,
    scheduleId: message.scheduleId,
    callerIP: '127.0.0.1',
  });
  return readMessage(url, { 'content-type': 'application/json', ...headers }, Buffer.from(body), now);
}
