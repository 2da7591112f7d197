import type { Clock } from './clock.ts';
import { type DeadLetters, describeLetter } from './dead-letters.ts';
import type { Deduplication } from './deduplication.ts';
import { describeMessage, type Headers, type Message, readMessage, republished } from './message.ts';
import type { Queue } from './queue.ts';
import { Refusal } from './refusal.ts';
import type { Schedules } from './schedules.ts';

/** One call to the API. */
export type Call = {
  readonly method: string;
  /** Path and query, undecoded: a destination follows `/v2/publish/` as it is. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Buffer;
};

/** What the API answers: a status and, where there is one, a JSON value. */
export type Reply = { readonly status: number; readonly json?: unknown };

/** What the API works on. */
export type Parts = {
  readonly queue: Queue;
  readonly deadLetters: DeadLetters;
  readonly deduplication: Deduplication;
  readonly schedules: Schedules;
  readonly now: Clock;
};

type Route = (parts: Parts, subject: string, call: Call) => Reply;

const ROUTES: readonly (readonly [method: string, path: RegExp, route: Route])[] = [
  ['POST', /^\/v2\/publish\/(.+)$/, publish],
  ['GET', /^\/v2\/messages\/([^/?]+)$/, getMessage],
  ['DELETE', /^\/v2\/messages\/([^/?]+)$/, ({ queue }, id) => cancelled(Number(queue.cancel(id)))],
  ['DELETE', /^\/v2\/messages(\?.*)?$/, cancelMessages],
  ['GET', /^\/v2\/dlq(\?.*)?$/, listDeadLetters],
  ['DELETE', /^\/v2\/dlq(\?.*)?$/, deleteDeadLetters],
  ['DELETE', /^\/v2\/dlq\/([^/?]+)$/, ({ deadLetters }, id) => removed(deadLetters.remove(id))],
  ['POST', /^\/v2\/dlq\/retry(\?.*)?$/, retryDeadLetters],
  ['GET', /^\/v2\/schedules$/, ({ schedules }) => ({ status: 200, json: schedules.list() })],
  ['POST', /^\/v2\/schedules\/(.+)$/, putSchedule],
  ['GET', /^\/v2\/schedules\/([^/?]+)$/, ({ schedules }, id) => found(schedules.find(id))],
  ['DELETE', /^\/v2\/schedules\/([^/?]+)$/, ({ schedules }, id) => removed(schedules.remove(id))],
];

/** Does what the call asks; throws a Refusal when it cannot. */
export function answer(parts: Parts, call: Call): Reply {
  for (const [method, path, route] of ROUTES) {
    const match = method === call.method ? path.exec(call.target) : null;
    if (match) return route(parts, match[1] ?? '', call);
  }
  throw new Refusal(404, `the emulator has no ${call.method} ${call.target}`);
}

function publish(parts: Parts, destination: string, call: Call): Reply {
  const message = readMessage(destination, call.headers, call.body, parts.now());
  const key = call.headers['upstash-deduplication-id'];
  const earlier = key === undefined ? undefined : parts.deduplication.find(key);
  if (earlier !== undefined) return { status: 202, json: { messageId: earlier, deduplicated: true } };
  if (key !== undefined) parts.deduplication.remember(key, message.id);
  return { status: 200, json: accepted(parts, message) };
}

function accepted({ queue }: Parts, message: Message): { messageId: string } {
  queue.accept(message);
  return { messageId: message.id };
}

function getMessage({ queue }: Parts, id: string): Reply {
  const message = queue.find(id);
  return found(message && describeMessage(message));
}

function cancelMessages({ queue }: Parts, search: string): Reply {
  const query = new URLSearchParams(search);
  const unknown = [...query.keys()].find((name) => name !== 'messageIds' && name !== 'count');
  if (unknown) throw new Refusal(400, `the emulator cannot filter by ${unknown}`);
  const ids = query.has('messageIds') ? query.getAll('messageIds') : queue.pending().map(({ id }) => id);
  return cancelled(ids.filter((id) => queue.cancel(id)).length);
}

function listDeadLetters({ deadLetters }: Parts, search: string): Reply {
  const { letters, ...rest } = deadLetters.select(new URLSearchParams(search));
  return { status: 200, json: { messages: letters.map(describeLetter), ...rest } };
}

function deleteDeadLetters({ deadLetters }: Parts, search: string): Reply {
  const { letters, ...rest } = deadLetters.select(new URLSearchParams(search));
  for (const { id } of letters) deadLetters.remove(id);
  return { status: 200, json: { deleted: letters.length, ...rest } };
}

function retryDeadLetters(parts: Parts, search: string): Reply {
  const { letters, ...rest } = parts.deadLetters.select(new URLSearchParams(search));
  const responses = letters.map(({ id, message }) => {
    parts.deadLetters.remove(id);
    return accepted(parts, republished(message, parts.now()));
  });
  return { status: 201, json: { responses, ...rest } };
}

function putSchedule({ schedules }: Parts, destination: string, call: Call): Reply {
  return { status: 201, json: { scheduleId: schedules.put(destination, call.headers, call.body) } };
}

function cancelled(count: number): Reply {
  return { status: 200, json: { cancelled: count } };
}

function found(json: Record<string, unknown> | undefined): Reply {
  if (!json) throw new Refusal(404, 'not found');
  return { status: 200, json };
}

function removed(wasThere: boolean): Reply {
  if (!wasThere) throw new Refusal(404, 'not found');
  return { status: 200 };
}
