import type { Column } from '#lib/core/columns.ts';
import { refuse } from './lookup.ts';
import type { DatasetPatch } from './schema.ts';

/**
 * The columns with what is said of some of them; the others, and what is not said, stay. Throws `invalid`, naming the
 * place, for one that is not there, and for a currency that is no text column.
 */
export function describeColumns(
  columns: readonly Column[],
  described: NonNullable<DatasetPatch['columns']>,
): Column[] {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  for (const [place, { name, currency }] of described.entries()) {
    if (!types.has(name)) refuse(`columns.${place}.name`, `there is no column "${name}"`);
    if (currency !== undefined && types.get(currency) !== 'text') {
      refuse(`columns.${place}.currency`, `"${currency}" is not the name of a text column`);
    }
  }
  return columns.map((column) => ({ ...column, ...described.find(({ name }) => name === column.name) }));
}
