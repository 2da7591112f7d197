import type { Clock } from './clock.ts';
import type { Answer } from './delivery.ts';
import { describeMessage, type Message } from './message.ts';
import { Refusal } from './refusal.ts';

/** A message nobody took, with the last answer it got. */
export type DeadLetter = { readonly id: string; readonly message: Message; readonly answer: Answer };

/** The messages nobody took, oldest first, for three days. */
export type DeadLetters = {
  add(message: Message, answer: Answer): DeadLetter;
  all(): readonly DeadLetter[];
  /** Those a query of the API selects, and where to go on when there are more; a Refusal for an unknown filter. */
  select(query: URLSearchParams): { letters: readonly DeadLetter[]; cursor?: string };
  /** Whether it was there. */
  remove(id: string): boolean;
};

const KEPT_MS = 3 * 86_400_000;
const DEFAULT_COUNT = 100;

const FILTERS: Readonly<Record<string, (letter: DeadLetter) => string | undefined>> = {
  dlqIds: ({ id }) => id,
  messageId: ({ message }) => message.id,
  url: ({ message }) => message.url,
  scheduleId: ({ message }) => message.scheduleId,
  responseStatus: ({ answer }) => String(answer.status),
};

/** An empty dead letter queue. */
export function deadLetters(now: Clock): DeadLetters {
  const kept = new Map<string, DeadLetter & { readonly until: number }>();
  let sequence = 0;

  function forget(): void {
    for (const [id, { until }] of kept) if (until <= now()) kept.delete(id);
  }

  function live(): DeadLetter[] {
    forget();
    return [...kept.values()];
  }

  return {
    add(message, answer) {
      forget();
      sequence += 1;
      const letter = { id: `${now()}-${sequence}`, message, answer, until: now() + KEPT_MS };
      kept.set(letter.id, letter);
      return letter;
    },
    all: live,
    select(query) {
      const after = position(query.get('cursor'));
      const found = live().filter((each) => position(each.id) > after && matches(each, query));
      const letters = found.slice(0, Number(query.get('count') ?? DEFAULT_COUNT));
      const last = letters.at(-1);
      return last && found.length > letters.length ? { letters, cursor: last.id } : { letters };
    },
    remove: (id) => kept.delete(id),
  };
}

/** The letter as the API shows it. */
export function describeLetter({ id, message, answer }: DeadLetter): Record<string, unknown> {
  return {
    ...describeMessage(message),
    dlqId: id,
    responseStatus: answer.status,
    responseHeader: answer.headers,
    responseBody: answer.body.toString(),
  };
}

function position(id: string | null): number {
  return Number(id?.split('-')[1] ?? 0);
}

function matches(letter: DeadLetter, query: URLSearchParams): boolean {
  const names = new Set(query.keys()).difference(new Set(['count', 'cursor']));
  return [...names].every((name) => {
    const filter = FILTERS[name];
    if (!filter) throw new Refusal(400, `the emulator cannot filter by ${name}`);
    return query.getAll(name).includes(filter(letter) ?? '');
  });
}
