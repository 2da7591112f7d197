import type { Session } from '#lib/auth/session.ts';
import type { CellText } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import type { Query } from '#lib/exports/query/schema.ts';
import { MASK } from '#lib/exports/shape/transforms/conceal.ts';

type Row = readonly CellText[];

/** What of a definition says how its columns are written. */
export interface Shaped extends Pick<Query, 'columns'> {
  /** Of every column. */
  readonly personal?: 'show' | undefined;
}

/** Whether a column holds personal data that the definition does not show. */
export function isMasked({ personal, source }: OutputColumn, { columns, personal: all }: Shaped): boolean {
  const shows = all === 'show' || columns?.some((one) => one.source === source && one.personal === 'show');
  return personal === true && !shows;
}

interface Showing extends Shaped {
  readonly tables?: readonly Pick<Query, 'columns'>[] | undefined;
}

/** The definition with all personal data masked, as another's choice to show them binds nobody else. */
export function maskPersonal<D extends Showing>(definition: D): D {
  const { tables } = definition;
  return {
    ...maskColumns(definition),
    personal: undefined,
    ...(tables && { tables: tables.map(maskColumns) }),
  };
}

function maskColumns<Q extends Pick<Query, 'columns'>>(query: Q): Q {
  const columns = query.columns?.map(({ personal: _, ...column }) => column);
  return columns ? { ...query, columns } : query;
}

/** What a person must own who makes an export show personal data. */
const deciding = ['dataset', 'columns', 'groupBy', 'aggregates', 'pivot', 'tables', 'personal'];

/** Throws `forbidden` where somebody who does not own an export would decide which personal data it shows. */
export function requireOwner(
  session: Pick<Session, 'userId'>,
  ownerId: string | null,
  {
    changed,
    shown,
  }: { readonly changed: readonly string[]; readonly shown: Shaped & { tables?: Shaped[] | undefined } },
): void {
  const shows = [shown, ...(shown.tables ?? [])].some(
    ({ personal, columns }) => personal === 'show' || columns?.some((column) => column.personal === 'show'),
  );
  if (!shows || session.userId === ownerId || !changed.some((field) => deciding.includes(field))) return;
  throw new EntrepotError(
    'forbidden',
    'Only its owner decides which personal data an export shows. Duplicate it to have one of your own.',
  );
}

/** Reads the cell at a place of a row; of a column that is masked, the mask of what there is. */
export function cellReader(
  columns: readonly OutputColumn[],
  place: number,
  shaped: Shaped,
): (row: Row) => CellText {
  const column = columns[place];
  const read = (row: Row) => row[place] ?? null;
  return column && isMasked(column, shaped) ? (row) => (read(row) === null ? null : MASK) : read;
}
