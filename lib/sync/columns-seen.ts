import type { Page, SourceRow } from '#connectors/contract.ts';
import type { Pass } from './pass.ts';

/** From so many rows on, a name that is in none of them is no accident. */
const TELLING_ROWS = 20;

/** What a pass knows of the source's columns up to the end of a page. */
export interface ColumnsSeen {
  /** All names, in the order in which they first came. */
  readonly columns: readonly string[];
  /** Those that every row has had, and those that are lost; null where pages state their columns. */
  readonly steady: readonly string[] | null;
  /** Those that the source no longer has, as far as rows can tell; none where pages state their columns. */
  readonly lost: readonly string[];
}

/** Of a pass, what `watchColumns` goes on from; absent where rows are read that are no pass. */
export type Watched = Pick<Pass, 'since' | 'pages' | 'columns' | 'steady' | 'steadySoFar'> & {
  /** How many rows it has read. */
  readonly read: number;
};

/**
 * Gives for each page in turn what is known by then. Where pages do not state their columns, a column is lost that
 * every row of the last full pass had and no row of this one has, over 20 rows or more: what was in some rows only is
 * optional, and where it is absent the row has no value. A lost one that comes back in some rows is optional from
 * then on, so that nothing old is kept for longer than one pass.
 */
export function watchColumns(pass: Watched): (page: Page) => ColumnsSeen {
  const goesOn = pass.since === null && pass.pages > 0;
  const seen = new Set(goesOn ? pass.columns : []);
  let read = goesOn ? pass.read : 0;
  let steady = goesOn ? (pass.steadySoFar?.filter((name) => seen.has(name)) ?? null) : null;
  return ({ columns: stated, rows }) => {
    read += rows.length;
    if (stated) {
      for (const name of stated) seen.add(name);
      return { columns: [...seen], steady: null, lost: [] };
    }
    const tally = tallyOf(rows);
    for (const name of tally.keys()) seen.add(name);
    const held = (name: string) => tally.get(name) === rows.length;
    if (rows.length > 0) steady = (steady ?? [...tally.keys()]).filter(held);
    const lost = read < TELLING_ROWS ? [] : (pass.steady ?? []).filter((name) => !seen.has(name));
    return { columns: [...seen], steady: steady && [...steady, ...lost], lost };
  };
}

/** In how many rows each name is. */
function tallyOf(rows: readonly SourceRow[]): Map<string, number> {
  const tally = new Map<string, number>();
  for (const { values } of rows) {
    for (const name of Object.keys(values)) tally.set(name, (tally.get(name) ?? 0) + 1);
  }
  return tally;
}
