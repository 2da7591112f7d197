import type { CellText, Column } from '#lib/core/columns.ts';
import { refuse } from '#lib/datasets/lookup.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { flatColumns, flatten, type ListExtent } from '#lib/exports/shape/flatten.ts';
import { cellReader, isMasked, type Shaped } from '#lib/exports/shape/personal.ts';
import { transformOf } from '#lib/exports/shape/registry.ts';
import type { ColumnTransform } from '#lib/exports/shape/schema.ts';

/** Lists could make more; few programs read as many. */
const MAX_COLUMNS = 2_000;

type Row = readonly CellText[];

/** What the columns of a query become in the file. */
export interface Shape {
  /** How many columns the query has. */
  readonly inputs: number;
  readonly columns: readonly OutputColumn[];
  /** A row of the query as the file has it; undefined where every row stays as it is. */
  readonly row: ((row: Row) => Row) | undefined;
}

export interface ShapeScope {
  /** What the workspace hashes with; absent where the columns alone are asked for, and no row. */
  readonly pseudonyms?: Buffer | undefined;
  /** The dataset's columns. */
  readonly known: readonly Column[];
  /** How many of the query's columns are in the file; those behind are read by transforms alone. */
  readonly kept: number;
  /** What the lists hold that become columns, by the place of each; nothing where that is not said. */
  readonly extents?: ReadonlyMap<number, ListExtent>;
}

interface Part {
  readonly column: OutputColumn;
  readonly read: (row: Row) => CellText;
}

/**
 * Compiles what a definition makes of the columns of its query. Personal data are masked wherever they go, unless the
 * definition shows them. Throws `invalid`, naming the place, where a transform does not take its column.
 */
export function compileShape(columns: readonly OutputColumn[], shaped: Shaped, scope: ShapeScope): Shape {
  const made = columns
    .slice(0, scope.kept)
    .map((column, place) => partsOf(column, place, columns, { shaped, scope }));
  // Behind those that were chosen stand the columns that name folders, which no file has.
  requireColumns(
    made.slice(0, shaped.columns?.length).flatMap((each) => each.map(({ column }) => column.header)),
  );
  const parts = made.flat();
  const stays = scope.kept === columns.length && parts.every(({ column }, at) => column === columns[at]);
  return {
    inputs: columns.length,
    columns: parts.map(({ column }) => column),
    row: stays ? undefined : (row) => parts.map(({ read }) => read(row)),
  };
}

interface Given {
  readonly shaped: Shaped;
  readonly scope: ShapeScope;
}

function partsOf(
  column: OutputColumn,
  place: number,
  columns: readonly OutputColumn[],
  { shaped, scope }: Given,
): Part[] {
  const transform = shaped.columns?.[place]?.transform;
  if (transform) requireAccepted(transform, column, place);
  const hidden = isMasked(column, shaped);
  const read = cellReader(columns, place, shaped);
  if (transform && transform.name !== 'flatten') {
    const { conceals, shows } = transformOf(transform.name);
    const tellsNothing = conceals && !shows?.(transform.options);
    if (tellsNothing || !hidden)
      return [transformedPart(transform, column, place, columns, { shaped, scope })];
  }
  // What is masked is masked whole, whatever was to become of it.
  if (hidden) return [{ column: { ...column, type: 'text', masked: true }, read }];
  if (transform?.name !== 'flatten') return [{ column, read }];
  const extent = scope.extents?.get(place) ?? { items: 0, fields: transform.options.fields ?? [] };
  return flatColumns(transform.options, extent).map(({ header, cell }) => ({
    column: { ...column, header, type: 'text' },
    read: (row) => cell(read(row)),
  }));
}

type CellTransform = Exclude<ColumnTransform, { name: 'flatten' }>;

function transformedPart(
  { name, options }: CellTransform,
  column: OutputColumn,
  place: number,
  columns: readonly OutputColumn[],
  { shaped, scope }: Given,
): Part {
  const { conceals, inert, resultType, reads, compile } = transformOf(name);
  const currency = scope.known.find((one) => one.name === column.source)?.currency;
  const apply = compile(options, { pseudonyms: scope.pseudonyms, currency });
  const others = (reads?.(options, { currency }) ?? []).map((source) =>
    cellReader(columns, placeOf(source, columns, place), shaped),
  );
  const read = conceals ? (row: Row) => row[place] ?? null : cellReader(columns, place, shaped);
  return {
    column: { ...column, type: resultType, ...(conceals && { masked: true }), ...(inert && { inert }) },
    read: (row) =>
      apply(
        read(row),
        others.map((other) => other(row)),
      ),
  };
}

function requireAccepted({ name }: ColumnTransform, { source, type }: OutputColumn, place: number): void {
  const { accepts } = name === 'flatten' ? flatten : transformOf(name);
  if (accepts.includes(type)) return;
  refuse(
    `columns.${place}.transform.name`,
    `"${name}" takes columns of the type ${accepts.join(' or ')}, and "${source}" is ${type}`,
  );
}

/** The query has every column that a transform reads. */
function placeOf(source: string, columns: readonly OutputColumn[], place: number): number {
  const found = columns.findIndex((column) => column.source === source);
  return found >= 0 ? found : refuse(`columns.${place}.transform.options`, `there is no column "${source}"`);
}

/** Lists that become columns may be called like others. */
function requireColumns(headers: readonly string[]): void {
  if (headers.length > MAX_COLUMNS) {
    refuse(
      'columns',
      `lists would make ${headers.length} columns, and ${MAX_COLUMNS} are the most: name fewer fields, or let fewer items become columns`,
    );
  }
  const twice = headers.find((header, place) => headers.indexOf(header) < place);
  if (twice !== undefined) refuse('columns', `two columns would be called "${twice}"`);
}
