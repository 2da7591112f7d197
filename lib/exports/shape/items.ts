import type { CellText } from '#lib/core/columns.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { Refusal } from '#lib/datasets/refusal.ts';
import { scalarText } from '#lib/datasets/scalar.ts';
import { pathReader } from '#lib/datasets/source-path.ts';

/** The items of the list that a `json` cell holds; undefined where it holds none. */
export function itemsOf(cell: CellText): readonly unknown[] | undefined {
  const value = cell === null ? undefined : parseExactJson(cell);
  return Array.isArray(value) ? value : undefined;
}

/** Reads what lies within an item, the item itself where `path` is empty, as text; undefined where nothing does. */
export function itemReader(path: string): (item: unknown) => string | undefined {
  if (path === '') return textOf;
  const read = pathReader(path);
  return (item) => {
    const found = read(item);
    return found instanceof Refusal ? undefined : textOf(found);
  };
}

/** Whether an item has parts of its own. */
export function hasParts(item: unknown): boolean {
  return typeof item === 'object' && item !== null && !JSON.isRawJSON(item);
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = scalarText(value);
  return text instanceof Refusal ? JSON.stringify(value) : text;
}
