import type { SourceRow } from '#connectors/contract.ts';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import { scalarText } from './scalar.ts';

/** Columns by which a row could be known. */
export interface KeyCandidate {
  readonly columns: readonly string[];
  /** How many rows of the sample they tell apart; the others repeat a key or lack a part of it. */
  readonly identifies: number;
}

/** How likely a column of that type is to name a row, where others tell as many apart. */
const likelihood: Readonly<Record<ColumnType, number>> = {
  text: 1,
  integer: 0.9,
  date: 0.9,
  timestamp: 0.9,
  decimal: 0.5,
  boolean: 0.5,
  json: 0,
};

const NAME_OF_A_KEY = /(?:^|[^a-z])(?:id|key|code|sku|no|nr|number|uuid|guid|isbn|ean|upc|asin)$/i;
const KEY_IN_CAMEL_CASE = /[a-z](?:Id|ID|Key|Code|Sku|SKU|No|Number)$/;
const MOST_COLUMNS = 3;

/**
 * What could be a source's key, the best first: a combination of up to three columns, where a single one does
 * not tell all rows of the sample apart, then every column by itself.
 */
export function suggestKeys(rows: readonly SourceRow[], columns: readonly Column[]): KeyCandidate[] {
  const usable = columns.filter(({ type }) => likelihood[type] > 0);
  const texts = new Map(usable.map(({ name }) => [name, rows.map(({ values }) => partOf(values[name]))]));
  const candidate = (names: readonly string[]): KeyCandidate => ({
    columns: names,
    identifies: countKeys(names.map((name) => texts.get(name) ?? [])),
  });
  const score = (one: Column, { identifies }: KeyCandidate) =>
    identifies * likelihood[one.type] * (soundsLikeAKey(one.name) ? 2 : 1);
  const singles = usable
    .map((column) => ({ column, found: candidate([column.name]) }))
    .sort((a, b) => score(b.column, b.found) - score(a.column, a.found));
  const best = singles[0] && growing(singles[0].found, usable, rows.length, candidate);
  const alone = singles.map(({ found }) => found);
  return best && best.columns.length > 1 ? [best, ...alone] : alone;
}

/** Adds the column that helps most, for as long as rows are left that the key does not tell apart. */
function growing(
  start: KeyCandidate,
  columns: readonly Column[],
  rows: number,
  candidate: (names: readonly string[]) => KeyCandidate,
): KeyCandidate {
  let best = start;
  while (best.identifies < rows && best.columns.length < MOST_COLUMNS) {
    const { columns: chosen, identifies } = best;
    const gain = ({ found, type }: { found: KeyCandidate; type: ColumnType }) =>
      (found.identifies - identifies) * likelihood[type];
    const [next] = columns
      .filter(({ name }) => !chosen.includes(name))
      .map(({ name, type }) => ({ type, found: candidate([...chosen, name]) }))
      .sort((a, b) => gain(b) - gain(a));
    if (!next || next.found.identifies <= identifies) break;
    best = next.found;
  }
  return best;
}

function countKeys(parts: readonly (readonly (string | null)[])[]): number {
  const [first = []] = parts;
  const keys = new Set<string>();
  for (const index of first.keys()) {
    const key = parts.map((part) => part[index] ?? null);
    if (!key.includes(null)) keys.add(JSON.stringify(key));
  }
  return keys.size;
}

function partOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = scalarText(value);
  return typeof text === 'string' ? text : null;
}

function soundsLikeAKey(name: string): boolean {
  return NAME_OF_A_KEY.test(name) || KEY_IN_CAMEL_CASE.test(name);
}
