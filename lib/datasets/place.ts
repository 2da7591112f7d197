import { sql } from 'kysely';

/** Where the rows of one stream of one source are: a table, and the identity they share there. */
export interface Place {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly stream: string;
  readonly datasetId: string;
  readonly table: { readonly schema: string; readonly name: string };
}

export function tableOf({ table }: Pick<Place, 'table'>) {
  return sql.table(`${table.schema}.${table.name}`);
}
