import type { RunView } from '#lib/sources/runs.ts';

type Counts = RunView['streams'][string];

const words: readonly (readonly [name: keyof Counts, word: string])[] = [
  ['read', 'read'],
  ['inserted', 'inserted'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['deleted', 'deleted'],
  ['superseded', 'with a key that came again'],
  ['rejected', 'rejected'],
];

/** What became of a run's rows, over all of its streams. */
export function countsOf({ streams }: Pick<RunView, 'streams'>): Counts {
  const all = Object.values(streams);
  const sum = (name: keyof Counts) => all.reduce((total, counts) => total + counts[name], 0);
  return Object.fromEntries(words.map(([name]) => [name, sum(name)])) as Counts;
}

/** The counts worth reading: what was read, and everything that is not zero. */
export function shownCounts(counts: Counts): (readonly [word: string, count: number])[] {
  return words
    .filter(([name]) => name === 'read' || counts[name] > 0)
    .map(([name, word]) => [word, counts[name]] as const);
}
