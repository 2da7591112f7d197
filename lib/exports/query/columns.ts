import type { RawBuilder } from 'kysely';
import type { Filter } from '#lib/datasets/filter.ts';
import { type ColumnLookup, refuse } from '#lib/datasets/lookup.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { severalOf } from '#lib/exports/query/currency.ts';
import type { Query } from '#lib/exports/query/schema.ts';

/** A column of the result, and the SQL of its value in a row of the query. */
export interface Output {
  readonly column: OutputColumn;
  readonly value: RawBuilder<unknown>;
}

type Chosen = NonNullable<Query['columns']>;

/** The columns that were chosen, in their order. */
export function chosenColumns(columns: Chosen, columnOf: ColumnLookup, filter?: Filter): Output[] {
  return columns.map(({ source, header }, place) => {
    const { column, value } = columnOf(source, `columns.${place}.source`);
    const { name: _name, currency: _currency, ...rest } = column;
    const currency = severalOf(column, filter);
    return { column: { ...rest, ...(currency && { currency }), source, header: header ?? source }, value };
  });
}

/** The same of a query that groups; what is not called otherwise keeps its header. */
export function chosenOutputs(columns: Chosen, outputs: readonly Output[]): Output[] {
  const outputOf = named(outputs);
  return columns.map(({ source, header }, place) => {
    const { column, value } = outputOf(source, `columns.${place}.source`);
    return { column: header === undefined ? column : { ...column, header }, value };
  });
}

/** Looks outputs up by their names, for `having` and `sort`. */
export function outputLookup(outputs: readonly Output[]): ColumnLookup {
  const outputOf = named(outputs);
  return (name, path) => {
    const { column, value } = outputOf(name, path);
    const { source: _source, header: _header, ...rest } = column;
    return { column: { ...rest, name }, value };
  };
}

function named(outputs: readonly Output[]): (name: string, path: string) => Output {
  const byName = new Map(outputs.map((output) => [output.column.source, output]));
  return (name, path) =>
    byName.get(name) ??
    refuse(
      path,
      `the query groups its rows and gives no "${name}"; choose one of ${[...byName.keys()].join(', ')}`,
    );
}
