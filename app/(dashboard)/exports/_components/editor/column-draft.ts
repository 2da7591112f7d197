import type { Column } from '#lib/core/columns.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';

type Chosen = NonNullable<ExportDefinition['columns']>[number];

/** A column of the file, or one that could be. */
export interface ColumnDraft extends Omit<Chosen, 'header'> {
  /** Tells columns apart, of which several may show the same source. */
  readonly id: string;
  /** As typed; the column keeps its name where empty. */
  readonly header: string;
  readonly included: boolean;
}

/** Columns that were chosen, to be changed. */
export function columnDrafts(chosen: readonly Chosen[]): ColumnDraft[] {
  const uses = new Map<string, number>();
  return chosen.map((column) => {
    const { source, header = '' } = column;
    const use = (uses.get(source) ?? 0) + 1;
    uses.set(source, use);
    return { ...column, id: idOf(source, use), header, included: true };
  });
}

function idOf(source: string, use = 1): string {
  return use === 1 ? source : `${source} ${use}`;
}

/** Those included, as the definition has them. */
export function chosenColumns(columns: readonly ColumnDraft[]): Chosen[] {
  return columns
    .filter(({ included }) => included)
    .map(({ id: _id, included: _included, ...column }) => {
      const { header, ...plain } = column;
      return header === '' ? plain : column;
    });
}

interface Choosing {
  readonly columns: readonly ColumnDraft[];
  readonly takesAll: boolean;
}

/** The columns of a draft with all others that it could have; one that is not there any more stays, for the server to refuse. */
export function shownColumns({ columns, takesAll }: Choosing, all: readonly Column[]): ColumnDraft[] {
  const known = new Set(columns.map(({ source }) => source));
  const others = all.filter(({ name }) => !known.has(name));
  return [...columns, ...others.map(({ name }) => plainColumn(name, takesAll))];
}

/** A column under its own name. */
export function plainColumn(source: string, included: boolean): ColumnDraft {
  return { id: idOf(source), source, header: '', included };
}

/** What a draft says of columns that somebody has changed: nothing, where they are all as they are. */
export function choosing(columns: readonly ColumnDraft[], all: readonly Column[]): Choosing {
  const takesAll =
    columns.length === all.length &&
    columns.every(
      (column, place) =>
        column.included &&
        column.source === all[place]?.name &&
        Object.entries(column).every(
          ([name, value]) =>
            ['id', 'source', 'included'].includes(name) || value === '' || value === undefined,
        ),
    );
  return { columns: takesAll ? [] : columns, takesAll };
}
