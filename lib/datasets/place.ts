import { type RawBuilder, sql } from 'kysely';

/** Where the rows of one stream of one source are: a table, and the identity they share there. */
export interface Place {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly stream: string;
  readonly datasetId: string;
  readonly table: { readonly schema: string; readonly name: string };
}

/** The table of the place's rows. */
export function tableOf({ table }: Pick<Place, 'table'>) {
  return sql.table(`${table.schema}.${table.name}`);
}

/** That a row of the table, which the statement calls `t`, is of the place. */
export function isOf({ workspaceId, sourceId, stream }: Place): RawBuilder<boolean> {
  return sql<boolean>`(t.workspace_id = ${workspaceId}::uuid and t.source_id = ${sourceId}::uuid and t.stream = ${stream})`;
}
