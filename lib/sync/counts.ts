/** What became of the rows of a stream: `read` is the sum of the rest, `deleted` apart. */
export interface Counts {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
  readonly superseded: number;
}

export const noCounts: Counts = {
  read: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  rejected: 0,
  superseded: 0,
};

const names = Object.keys(noCounts) as (keyof Counts)[];

export function sumCounts(all: readonly Counts[]): Counts {
  const sum = (name: keyof Counts) => all.reduce((total, counts) => total + counts[name], 0);
  return Object.fromEntries(names.map((name) => [name, sum(name)])) as unknown as Counts;
}
