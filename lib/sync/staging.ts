import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import { tableOf } from '#lib/datasets/place.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { copyLine } from './copy-text.ts';
import type { MappedRow, Target } from './target.ts';

/** Rows to be written: those whose key the target has, and the others. */
interface StagedRows {
  readonly fresh: readonly MappedRow[];
  readonly known: readonly MappedRow[];
}

/** Row-level security forbids COPY into the target itself, so rows pass through this. */
export const staging = sql.table('pg_temp.incoming');

/** The staged column that holds the target's nth; no name of a dataset's column can collide with it. */
export function stagedColumn(index: number) {
  return sql.id(`c${index}`);
}

/**
 * Copies rows into `staging`, a table with `known`, `external_id`, `row_hash`, `source_version` and the
 * target's columns in their own types; it goes with the transaction. A value that its type does not take
 * fails the transaction with the class of a data exception.
 */
export async function stage(tx: Tx, target: Target, rows: StagedRows): Promise<void> {
  const columns = target.columns.map(({ name }, index) => sql`, t.${sql.id(name)} as ${stagedColumn(index)}`);
  await sql`
    create temporary table incoming on commit drop as
    select false as known, t.external_id, t.row_hash, t.source_version${sql.join(columns, sql``)}
    from ${tableOf(target)} t with no data
  `.execute(tx.db);
  const copy = tx.client.query(copyFrom('copy pg_temp.incoming from stdin'));
  await pipeline(batches(rows), copy);
}

/** Makes room for the next rows of the same transaction. */
export async function unstage({ db }: Tx): Promise<void> {
  await sql`drop table ${staging}`.execute(db);
}

const BATCH_CHARACTERS = 65_536;

function* batches(rows: StagedRows): Generator<Buffer> {
  let batch = '';
  for (const line of lines(rows)) {
    batch += line;
    if (batch.length < BATCH_CHARACTERS) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  yield Buffer.from(batch);
}

function* lines({ fresh, known }: StagedRows): Generator<string> {
  for (const row of fresh) yield lineOf(row, 'f');
  for (const row of known) yield lineOf(row, 't');
}

function lineOf({ externalId, hash, version, values }: MappedRow, known: 't' | 'f'): string {
  return copyLine([known, externalId, hash, version, ...values]);
}
