import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';

import { type Clock, sleepUntil } from './clock.ts';
import { describeMessage, type Headers, type Message, readMessage } from './message.ts';
import { Refusal } from './refusal.ts';

/** What publishes a message again and again. */
export type Schedules = {
  /** Creates the schedule, or replaces the one with the same `Upstash-Schedule-Id`; returns its id. */
  put(destination: string, headers: Headers, body: Buffer): string;
  list(): readonly Record<string, unknown>[];
  find(id: string): Record<string, unknown> | undefined;
  /** Whether it was there. */
  remove(id: string): boolean;
  close(): void;
};

type Schedule = {
  readonly id: string;
  readonly expression: string;
  readonly cron: Cron;
  readonly createdAt: number;
  readonly end: AbortController;
  /** The message of one run, made anew each time. */
  readonly message: () => Message;
};

/** No schedules yet; each message they make is handed to `publish`. */
export function startSchedules(publish: (message: Message) => void, now: Clock): Schedules {
  const schedules = new Map<string, Schedule>();

  async function keep({ cron, end, message }: Schedule): Promise<void> {
    for (let next = nextRun(cron, now()); next !== undefined; next = nextRun(cron, now())) {
      await sleepUntil(next, now, end.signal);
      publish(message());
    }
  }

  function remove(id: string): boolean {
    schedules.get(id)?.end.abort();
    return schedules.delete(id);
  }

  return {
    put(destination, headers, body) {
      const schedule = readSchedule(destination, headers, body, now);
      remove(schedule.id);
      schedules.set(schedule.id, schedule);
      keep(schedule).catch((error: unknown) => {
        if (!schedule.end.signal.aborted) throw error;
      });
      return schedule.id;
    },
    list: () => [...schedules.values()].map((schedule) => describeSchedule(schedule, now())),
    find(id) {
      const schedule = schedules.get(id);
      return schedule && describeSchedule(schedule, now());
    },
    remove,
    close() {
      for (const id of [...schedules.keys()]) remove(id);
    },
  };
}

function readSchedule(destination: string, headers: Headers, body: Buffer, now: Clock): Schedule {
  const id = headers['upstash-schedule-id'] ?? `scd_${randomUUID().replaceAll('-', '')}`;
  const expression = headers['upstash-cron'] ?? '';
  const message = () => readMessage(destination, { ...headers, 'upstash-schedule-id': id }, body, now());
  message(); // What cannot be sent is refused now rather than at every run.
  return {
    id,
    expression,
    cron: readCron(expression, now),
    createdAt: now(),
    end: new AbortController(),
    message,
  };
}

/** Five fields, in UTC or the zone of a leading `CRON_TZ=`. */
function readCron(expression: string, now: Clock): Cron {
  const [, timezone = 'UTC', fields = expression] = /^CRON_TZ=(\S+)\s+(.+)$/.exec(expression) ?? [];
  try {
    const cron = new Cron(fields, { timezone, mode: '5-part' });
    nextRun(cron, now());
    return cron;
  } catch (cause) {
    throw new Refusal(400, `invalid cron: ${expression}`, { cause });
  }
}

function nextRun(cron: Cron, after: number): number | undefined {
  return cron.nextRun(new Date(after))?.getTime();
}

function describeSchedule(
  { id, expression, cron, createdAt, message }: Schedule,
  now: number,
): Record<string, unknown> {
  const { messageId: _, notBefore: __, url, maxRetries, ...shared } = describeMessage(message());
  return {
    ...shared,
    scheduleId: id,
    cron: expression,
    destination: url,
    createdAt,
    retries: maxRetries,
    isPaused: false,
    nextScheduleTime: nextRun(cron, now),
  };
}
