import type { RawBuilder } from 'kysely';
import type { ColumnLookup } from '#lib/datasets/lookup.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import type { Query } from '#lib/exports/query/schema.ts';

/** A column of the result, and the SQL of its value in a row of the query. */
export interface Output {
  readonly column: OutputColumn;
  readonly value: RawBuilder<unknown>;
}

/** The columns that were chosen, or every one of the dataset. */
export function chosenColumns(
  { columns }: Pick<Query, 'columns'>,
  dataset: Dataset,
  columnOf: ColumnLookup,
): Output[] {
  const chosen = columns ?? dataset.columns.map(({ name }) => ({ source: name, header: undefined }));
  return chosen.map(({ source, header }, place) => {
    const { column, value } = columnOf(source, `columns.${place}.source`);
    const { name, ...rest } = column;
    return { column: { ...rest, source: name, header: header ?? name }, value };
  });
}
