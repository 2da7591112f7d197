import type { RunView } from '#lib/sources/runs.ts';

/** What became of the rows of a stream. */
type Counts = RunView['streams'][string];
type Counted = Pick<RunView, 'streams'>;

const words: readonly (readonly [name: keyof Counts, word: string])[] = [
  ['read', 'read'],
  ['inserted', 'inserted'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['deleted', 'deleted'],
  ['superseded', 'with a key that came again'],
  ['rejected', 'rejected'],
];
/** What a dry run only would have done. */
const changing: readonly string[] = ['inserted', 'updated', 'deleted'];

/** What became of a run's rows, over all of its streams; the items of their lists are counted apart. */
export function countsOf({ streams }: Counted): Counts {
  const own = Object.keys(streams).filter((name) => parentOf(name, streams) === undefined);
  const sum = (name: keyof Counts) =>
    own.reduce((total, stream) => total + (streams[stream]?.[name] ?? 0), 0);
  return Object.fromEntries(words.map(([name]) => [name, sum(name)])) as Counts;
}

/** The streams of a run, each followed by its lists: `rows`, `rows.lines`. */
export function streamsInOrder({ streams }: Counted): (readonly [name: string, counts: Counts])[] {
  return Object.entries(streams).sort(([one], [other]) => one.localeCompare(other, 'en'));
}

/** The stream that a list of items such as `rows.lines` belongs to; undefined for a stream itself. */
export function parentOf(name: string, streams: Counted['streams']): string | undefined {
  return Object.keys(streams).find((other) => name.startsWith(`${other}.`));
}

/** The counts worth reading: what was read, and everything that is not zero. */
function shownCounts(counts: Counts, dryRun = false): (readonly [word: string, count: number])[] {
  return words
    .filter(([name]) => name === 'read' || counts[name] > 0)
    .map(([name, word]) => [dryRun && changing.includes(name) ? `would be ${word}` : word, counts[name]]);
}

/** The same in a line: `100 read · 3 updated`. */
export function countsInWords(counts: Counts, dryRun: boolean, number: (value: number) => string): string {
  return shownCounts(counts, dryRun)
    .map(([word, count]) => `${number(count)} ${word}`)
    .join(' · ');
}
