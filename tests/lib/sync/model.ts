import fc from 'fast-check';
import type { Death } from '#tests/support/worker-death.ts';

/** How the source is read: the pages of an API, which is asked for what has changed, or a file. */
export type Reading = 'api' | 'file';

/** How the vendor gives out its rows: one column more, one less, a price as a number, or one that nobody can read. */
const shapes = ['whole', 'more', 'lost', 'numbers', 'unreadable'] as const;
export type Shape = (typeof shapes)[number];

const UNREADABLE = 'cheap';

/** What the vendor says of a part. */
export interface Item {
  readonly name: string | null;
  readonly price: string | null;
}

/**
 * What happens to one part: to that of the key, or to one of those that are there, or hidden. Who hides it and shows
 * it again does not touch its time of change.
 */
export type Change =
  | { readonly what: 'save'; readonly key: number; readonly item: Item }
  | { readonly what: 'remove' | 'hide' | 'show'; readonly place: number };

/** What happens before a sync, and during it. Calls are counted from the one with which the sync begins. */
export interface Step {
  readonly changes: readonly Change[];
  readonly shape: Shape;
  readonly mode: 'full' | 'incremental';
  /** The vendor's rows change before it answers that call. */
  readonly meanwhile: { readonly call: number; readonly changes: readonly Change[] } | null;
  /** Before these calls are answered, the vendor calls the source's webhook. */
  readonly webhooks: readonly number[];
  readonly cutOff: Death | null;
  /** Every message comes twice. */
  readonly echoes: boolean;
}

const key = fc.integer({ min: 0, max: 12 });
const item: fc.Arbitrary<Item> = fc.record({
  name: fc.oneof(fc.constant(null), fc.string({ maxLength: 8 })),
  price: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(null, UNREADABLE, '90071992547409931234567890.125') },
    { weight: 2, arbitrary: fc.integer({ min: -999, max: 999 }).map((cents) => String(cents / 100)) },
  ),
});
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('save'), key, item }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('remove', 'hide', 'show'), place: key }) },
);
const changes = fc.array(change, { minLength: 1, maxLength: 8 });
const call = fc.integer({ min: 1, max: 4 });
const death: fc.Arbitrary<Death> = fc.record({
  point: fc.constantFrom('slice', 'hold', 'commit', 'committed', 'end'),
  nth: fc.integer({ min: 1, max: 5 }),
});

const step: fc.Arbitrary<Step> = fc.record({
  changes,
  shape: fc.oneof(
    { weight: 3, arbitrary: fc.constant('whole') },
    { weight: 2, arbitrary: fc.constantFrom(...shapes) },
  ),
  mode: fc.constantFrom('full', 'incremental'),
  meanwhile: fc.option(fc.record({ call, changes }), { freq: 2 }),
  webhooks: fc.array(call, { maxLength: 2 }),
  cutOff: fc.option(death, { freq: 2 }),
  echoes: fc.boolean(),
});

/** A vendor's history. */
export const history: fc.Arbitrary<{ readonly reading: Reading; readonly steps: readonly Step[] }> =
  fc.record({
    reading: fc.constantFrom('api', 'file'),
    steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  });

interface Part extends Item {
  readonly changedAt: string;
  readonly version: number;
}

/** What the vendor has, as a plain map. */
export class VendorModel {
  readonly #parts = new Map<number, Part>();
  readonly #hidden = new Map<number, Part>();
  readonly #isSpared: (key: number) => boolean;
  #version = 0;
  shape: Shape = 'whole';

  /** Parts that are spared are never gone. */
  constructor(isSpared: (key: number) => boolean) {
    this.#isSpared = isSpared;
  }

  /** Gives the key of the part that it happened to; undefined where there is none to which it can. */
  make(change: Change, now: string): number | undefined {
    if (change.what === 'save') {
      this.#version += 1;
      this.#hidden.delete(change.key);
      this.#parts.set(change.key, { ...change.item, changedAt: now, version: this.#version });
      return change.key;
    }
    const [from, to] = change.what === 'show' ? [this.#hidden, this.#parts] : [this.#parts, this.#hidden];
    const there = [...from.keys()].filter((key) => change.what === 'show' || !this.#isSpared(key));
    const key = there[change.place % there.length];
    const part = key === undefined ? undefined : from.get(key);
    if (key === undefined || !part) return undefined;
    from.delete(key);
    if (change.what !== 'remove') to.set(key, part);
    return key;
  }

  get(key: number): Item | undefined {
    return this.#parts.get(key);
  }

  /** Its rows as it gives them out. */
  rows(): Record<string, unknown>[] {
    return [...this.#parts].map(([key, { name, price, changedAt, version }]) => ({
      id: key + 1,
      sku: skuOf(key),
      name,
      ...this.#price(price),
      ...(this.shape === 'more' && { colour: 'red' }),
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: changedAt,
      version,
    }));
  }

  #price(price: string | null): { price?: unknown } {
    const isNumber = price !== null && price !== UNREADABLE;
    if (this.shape === 'lost') return {};
    if (this.shape === 'unreadable') return { price: UNREADABLE };
    return { price: this.shape === 'numbers' && isNumber ? JSON.rawJSON(price) : price };
  }
}

/** A part as it should be in our table; one that is gone keeps what it was. */
export interface Row extends Item {
  readonly live: boolean;
}

/** Whether our row is what the vendor says, whatever it was before. */
export function isLegible(shape: Shape, theirs: Item | undefined): boolean {
  return theirs !== undefined && shape !== 'lost' && shape !== 'unreadable' && theirs.price !== UNREADABLE;
}

/** What becomes of our row when a sync reads the vendor's; undefined for none. */
export function afterReading(
  reading: Reading,
  shape: Shape,
  ours: Row | undefined,
  theirs: Item | undefined,
): Row | undefined {
  if (!theirs) return ours && { ...ours, live: false };
  if (shape !== 'lost' && !isLegible(shape, theirs)) return ours;
  // A file states its columns, so that one which is lost is told from one that is empty.
  const lost = reading === 'file' ? (ours?.price ?? null) : null;
  const empty = reading === 'file' ? '' : null;
  return { name: theirs.name ?? empty, price: shape === 'lost' ? lost : theirs.price, live: true };
}

export const keys = Array.from({ length: 13 }, (_, index) => index);

export function skuOf(key: number): string {
  return `k${key}`;
}
