import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { compileStream } from '#lib/datasets/compile-stream.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { MappedValues } from '#lib/datasets/row-mapper.ts';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { copyLine } from '#lib/sync/copy-text.ts';
import { columns, flights, key } from '#tests/bench/data.ts';
import { type Ground, newDataset } from '#tests/bench/ground.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

/**
 * The baseline of a sync: the same rows, mapped before the clock starts, by one COPY into a temporary table and
 * one statement that merges that into an empty dataset, all in one transaction.
 */
export async function copyIn({ database }: Ground, { rows }: { readonly rows: number }): Promise<Measured> {
  setEnvironment(database);
  const { session, dataset } = await newDataset(database, 'copied');
  const mapped = await mappedFlights(rows);
  const measured = await timed(() =>
    asMember(session, async ({ client }) => {
      await copy(client, dataset, mapped);
      return { inserted: await merge(client, dataset, session.workspaceId) };
    }),
  );
  await closePools();
  return measured;
}

async function mappedFlights(rows: number): Promise<MappedValues[]> {
  const fields = Object.fromEntries(columns.map(({ name }) => [name, name]));
  const { map } = compileStream({ fields }, [{ columns, key }], { rawText: true });
  const mapped: MappedValues[] = [];
  for await (const flight of flights(rows)) {
    const values = Object.fromEntries(columns.map(({ name }, place) => [name, flight[place]]));
    const row = map({ values });
    if (!row.ok) throw new Error(`${row.field} ${row.reason}`);
    mapped.push(...(row.rows[0] ?? []));
  }
  return mapped;
}

const names = columns.map(({ name }) => name).join(', ');

async function copy(client: Tx['client'], { table }: Dataset, rows: readonly MappedValues[]): Promise<void> {
  await client.query(`create temporary table given on commit drop as
    select external_id, row_hash, ${names} from ${table.schema}.${table.name} with no data`);
  await pipeline(batches(rows), client.query(copyFrom('copy given from stdin')));
}

const BATCH_ROWS = 1_000;

function* batches(rows: readonly MappedValues[]): Generator<string> {
  for (let first = 0; first < rows.length; first += BATCH_ROWS) {
    const batch = rows.slice(first, first + BATCH_ROWS);
    yield batch.map(({ externalId, hash, values }) => copyLine([externalId, hash, ...values])).join('');
  }
}

async function merge(client: Tx['client'], { id, table }: Dataset, workspaceId: string): Promise<number> {
  const changes = columns.map(({ name }) => `${name} = excluded.${name}`).join(', ');
  const { rowCount } = await client.query(`
    with taken as (select private.next_revision('${id}') as revision)
    insert into ${table.schema}.${table.name} as t
      (workspace_id, stream, external_id, row_hash, created_revision, revision, ${names})
    select '${workspaceId}', 'rows', external_id, row_hash, taken.revision, taken.revision, ${names}
    from given, taken
    on conflict (workspace_id, source_id, stream, external_id) do update
    set row_hash = excluded.row_hash, revision = excluded.revision, ${changes}
    where t.row_hash is distinct from excluded.row_hash`);
  return rowCount ?? 0;
}
