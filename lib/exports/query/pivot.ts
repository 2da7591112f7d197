import { type RawBuilder, sql } from 'kysely';
import type { CellText } from '#lib/core/columns.ts';
import { cellOf, comparableOf, postgresTypes } from '#lib/datasets/cells.ts';
import { type ColumnLookup, type FoundColumn, refuse } from '#lib/datasets/lookup.ts';
import { aggregated } from '#lib/exports/query/aggregate.ts';
import { requireOneCurrency } from '#lib/exports/query/currency.ts';
import { type Grouping, groupKeys, keyValue, tellsOfAPerson } from '#lib/exports/query/groups.ts';
import { distinct, outputNames } from '#lib/exports/query/output-names.ts';
import type { Pivot, Query } from '#lib/exports/query/schema.ts';

const MAX_VALUES = 200;
const COLUMN = 'pivot.column';

/** Asks for the values that a pivot makes columns of, in their order, as `CellText`; one more than there may be. */
export function pivotValuesSql(
  { column }: Pivot,
  columnOf: ColumnLookup,
  rows: () => RawBuilder<unknown>,
): RawBuilder<{ value: CellText }> {
  const { column: found, value } = keyValue(column, columnOf, COLUMN);
  return sql`
    select ${cellOf(sql`d.v`, found.type)}::text as value from (select distinct ${value} as v ${rows()}) as d
    order by ${comparableOf(sql`d.v`, found.type)} nulls last limit ${sql.lit(MAX_VALUES + 1)}`;
}

/** Resolves a pivot whose columns are these values; throws `invalid`, naming the place, where they are too many. */
export function pivoting(
  { rows, column, value }: Pivot,
  { filter }: Pick<Query, 'filter'>,
  values: readonly CellText[],
  columnOf: ColumnLookup,
): Grouping {
  if (values.length > MAX_VALUES) {
    refuse(COLUMN, `"${column.field}" holds more than ${MAX_VALUES} values, each of which would be a column`);
  }
  const key = requireOneCurrency(value, { keys: [...rows, column], filter }, columnOf, 'pivot.value');
  const keys = groupKeys(rows, outputNames(rows, []), columnOf, 'pivot.rows');
  const currency = keys[rows.findIndex(({ field }) => field === key)]?.column.source;
  const across = keyValue(column, columnOf, COLUMN);
  if (across.column.personal) {
    refuse(COLUMN, `"${column.field}" holds personal data, which cannot become the names of columns`);
  }
  const personal = tellsOfAPerson(value, columnOf, 'pivot.value');
  const told = { ...(personal && { personal }), ...(currency && { currency }) };
  const taken = keys.flatMap(({ column: { source, header } }) => [source, header]);
  const names = distinct([...new Set(taken), ...values.map(heading)]).slice(new Set(taken).size);
  return {
    keys,
    values: values.map((text, place) => {
      const source = names[place] ?? '';
      const cell = aggregated(value, columnOf, 'pivot.value', isValue(across, text));
      return {
        column: { source, header: source, type: cell.type, ...told },
        value: cell.value,
      };
    }),
  };
}

/** What a column is called whose value is nothing, or a text without a letter, no file could say. */
function heading(value: CellText): string {
  if (value === null) return '(none)';
  return value === '' ? '(empty)' : value;
}

function isValue({ column, value }: FoundColumn, text: CellText): RawBuilder<unknown> {
  if (text === null) return sql`${value} is null`;
  return sql`${value} = cast(${text} as ${sql.raw(postgresTypes[column.type])})`;
}
