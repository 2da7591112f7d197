import { describe, it, onTestFinished } from 'vitest';
import type { Page, StreamDefinition } from '#connectors/contract.ts';
import { loadConnector } from '#connectors/registry.ts';
import type { OutboundOptions } from '#lib/http/outbound.ts';
import {
  bodyOf,
  checkOf,
  pagesOf,
  type ReadAll,
  type ReadOptions,
  readAll,
} from '#tests/connectors/reading.ts';
import type { VendorTable } from '#tests/support/vendor/table.ts';
import { startVendor, type Vendor } from '#tests/support/vendor/vendor.ts';
import { type CheckOf, checks, type Group } from './checks.ts';
import { type Subject, subjects } from './subjects.ts';

type Config = Readonly<Record<string, unknown>>;

/** A vendor with rows, and a subject that reads them. */
export interface Ground {
  readonly subject: Subject;
  readonly vendor: Vendor;
  readonly things: VendorTable;
  /** How long each wait would have been, in milliseconds: none is waited for. */
  readonly waits: number[];
  /** Reads what is there. `more` goes into the config, where the subject is an API. */
  read(options?: ReadOptions, more?: Config): Promise<ReadAll>;
  pages(options?: ReadOptions, more?: Config): AsyncGenerator<Page>;
  check(credentials?: unknown): Promise<string>;
}

/** Runs each check of a group over each subject; an exception is printed with its reason. */
export function conform<G extends Group>(
  group: G,
  tests: Readonly<Record<CheckOf<G>, (subject: Subject) => unknown>>,
): void {
  describe.each(subjects)('$name', (subject) => {
    for (const name of checks[group] as readonly CheckOf<G>[]) {
      const reason = subject.except[name];
      if (reason === undefined) it(name, async () => void (await tests[name](subject)));
      else console.info(`${subject.name}: "${name}" does not apply: ${reason}`);
    }
  });
}

/** A vendor of so many things: made over nine days, each changed a second after the one before. */
export async function groundOf(
  subject: Subject,
  rows: number,
  options: Partial<OutboundOptions> = {},
): Promise<Ground> {
  const vendor = await startVendor();
  onTestFinished(() => vendor.close());
  const things = vendor.table('things');
  things.fill(rows, (index) => valuesAt(index, rows));
  const waits: number[] = [];
  const body = bodyOf([], {
    now: () => vendor.clock.now(),
    sleep: async (ms) => void waits.push(ms),
    ...options,
  });
  const config = (more?: Config) => subject.config(vendor, more);
  return {
    subject,
    vendor,
    things,
    waits,
    read: (asked, more) => readAll(subject.id, config(more), body, asked),
    pages: (asked, more) => pagesOf(subject.id, config(more), body, asked),
    check: (credentials) => checkOf(subject.id, config(), body, credentials),
  };
}

function valuesAt(index: number, rows: number): Config {
  const day = String(20 + Math.floor((9 * index) / rows)).padStart(2, '0');
  const second = new Date(Date.parse('2026-03-01T09:00:00Z') + 1_000 * index).toISOString();
  return { name: `thing ${index}`, created_at: `2026-02-${day}T12:00:00.000Z`, updated_at: second };
}

/** What the subject's connector states of its stream. */
export async function statedBy({ id }: Subject): Promise<StreamDefinition> {
  const { definition } = await loadConnector(id);
  const [stream] = definition.streams;
  if (!stream) throw new Error(`the connector ${id} has no stream`);
  return stream;
}

/** The ids of what was read, as numbers, in order and each once. */
export function idsOf(read: Pick<ReadAll, 'values'>): number[] {
  return [...new Set(read.values.map(({ id }) => Number(id)))].sort((one, other) => one - other);
}

/** The ids from 1 on. */
export function idsTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** Everything that a generator gives before it ends or throws, and what it throws. */
export async function untilError(pages: AsyncGenerator<Page>): Promise<{ pages: Page[]; error: unknown }> {
  const read: Page[] = [];
  try {
    for await (const page of pages) read.push(page);
    return { pages: read, error: undefined };
  } catch (error) {
    return { pages: read, error };
  }
}

/** As the database gives back what was stored in it. */
export function stored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
