import type { CellText } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { decimalSum } from '#lib/exports/formats/decimal-sum.ts';

export type SummaryFunction = 'sum' | 'average' | 'count' | 'min' | 'max';

/** Rows taken together by their keys while they pass. */
export interface Summary {
  add(row: readonly CellText[]): void;
  /** In the order of each group's first row. A value is null where none of its cells was a number. */
  groups(): readonly SummaryGroup[];
}

export interface SummaryGroup {
  readonly keys: readonly CellText[];
  readonly values: readonly (number | null)[];
}

interface Measure {
  readonly place: number;
  readonly function: SummaryFunction;
}

/** A chart or a pivot table of more would be of no use, and memory must not grow with rows. */
const MAX_GROUPS = 5_000;
const SEPARATOR = '\u0000';
const NULL_KEY = '\u0001';

/** Throws `invalid` at a row that would make one group too many. Keys are the same whatever their case, and are spelled as they first were. */
export function summary(keyPlaces: readonly number[], measures: readonly Measure[], what: string): Summary {
  const groups = new Map<string, { keys: CellText[]; meters: Meter[] }>();
  const spellings = keyPlaces.map(() => new Map<string, string>());
  const spelled = (at: number, key: CellText) => {
    if (key === null) return null;
    const known = spellings[at]?.get(key.toLowerCase());
    if (known === undefined) spellings[at]?.set(key.toLowerCase(), key);
    return known ?? key;
  };
  const groupOf = (row: readonly CellText[]) => {
    // Postgres' texts have neither mark.
    const id = keyPlaces.map((place) => row[place]?.toLowerCase() ?? NULL_KEY).join(SEPARATOR);
    const known = groups.get(id);
    if (known) return known;
    if (groups.size === MAX_GROUPS) throw tooMany(what);
    const keys = keyPlaces.map((place, at) => spelled(at, row[place] ?? null));
    const group = { keys, meters: measures.map((measure) => meters[measure.function]()) };
    groups.set(id, group);
    return group;
  };
  return {
    add(row) {
      const group = groupOf(row);
      for (const [index, { place }] of measures.entries()) {
        const cell = row[place];
        if (typeof cell === 'string') group.meters[index]?.add(cell);
      }
    },
    groups: () =>
      Array.from(groups.values(), ({ keys, meters: of }) => ({
        keys,
        values: of.map((meter) => meter.value()),
      })),
  };
}

interface Meter {
  add(cell: string): void;
  value(): number | null;
}

const meters: Readonly<Record<SummaryFunction, () => Meter>> = {
  count: () => {
    let count = 0;
    return {
      add: () => {
        count += 1;
      },
      value: () => count,
    };
  },
  sum: () => sumMeter((sum) => sum),
  average: () => sumMeter((sum, count) => sum / count),
  min: () => extreme((one, other) => one < other),
  max: () => extreme((one, other) => one > other),
};

function sumMeter(result: (sum: number, count: number) => number): Meter {
  const sum = decimalSum();
  let count = 0;
  return {
    add(cell) {
      if (!Number.isFinite(Number(cell))) return;
      sum.add(cell);
      count += 1;
    },
    value: () => (count === 0 ? null : result(Number(sum.value()), count)),
  };
}

function extreme(isBeyond: (one: number, other: number) => boolean): Meter {
  let best: number | null = null;
  return {
    add(cell) {
      const number = Number(cell);
      if (Number.isFinite(number) && (best === null || isBeyond(number, best))) best = number;
    },
    value: () => best,
  };
}

function tooMany(what: string): EntrepotError {
  return new EntrepotError(
    'invalid',
    `${what} would have more than ${MAX_GROUPS.toLocaleString('en')} different values. Choose a column with fewer, or filter the rows.`,
  );
}
