import type { ExportDefinition } from '#lib/exports/definition.ts';
import { missingOf, type QueryDraft, queryDraft, queryOf } from './query-draft.ts';

type Table = NonNullable<ExportDefinition['tables']>[number];

/** A further table as it is being written. */
export interface TableDraft extends Omit<Table, 'columns'>, Pick<QueryDraft, 'columns' | 'takesAll'> {
  /** Tells tables apart while they are given other names and places. */
  readonly id: number;
}

/** What a definition has beside its first table, to be changed. */
export function tableDrafts(tables: readonly Table[] = []): TableDraft[] {
  return tables.map((table, id) => ({ ...queryDraft(table), id }));
}

/** One more, of all rows of a dataset, under a name that none of the others has. */
export function newTable(
  { name: dataset, label }: { readonly name: string; readonly label: string },
  others: readonly TableDraft[],
): TableDraft {
  const taken = new Set(others.map(({ name }) => name));
  let name = label;
  for (let count = 2; taken.has(name); count += 1) name = `${label} ${count}`;
  const id = Math.max(-1, ...others.map((other) => other.id)) + 1;
  return { id, name, dataset, columns: [], takesAll: true, sort: [] };
}

/** The table as the server takes it. */
export function tableOf({ id: _, ...draft }: TableDraft): Table {
  return queryOf(draft);
}

/** What is still missing of any of them, in words; empty where nothing is. */
export function missingInTables(tables: readonly TableDraft[]): string {
  if (tables.some(({ name }) => name.trim() === '')) return 'Give every further table a name.';
  const lacking = tables.find((table) => missingOf(table));
  return lacking ? `${lacking.name}: ${missingOf(lacking)}` : '';
}
