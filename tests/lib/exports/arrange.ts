import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import type { Session } from '#lib/auth/session.ts';
import type { CellText, Column } from '#lib/core/columns.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { compile, type Plan } from '#lib/exports/query/compile.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';

export interface Ground {
  readonly database: TestDatabase;
  readonly admin: pg.Client;
  readonly session: Session;
  /** A new dataset of the session's workspace that holds these rows, their cells as text. */
  dataset(columns: readonly Column[], rows: readonly CellText[][]): Promise<Dataset>;
  close(): Promise<void>;
}

/** One owner in a database to which the environment is set. */
export async function layGround(database: TestDatabase): Promise<Ground> {
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  const session = await signUp(admin);
  return {
    database,
    admin,
    session,
    dataset: (columns, rows) => makeDataset(session, columns, rows),
    async close() {
      await closePools();
      await admin.end();
      await database.drop();
    },
  };
}

/** A database with one owner, to which the environment is set. */
export async function freshGround(): Promise<Ground> {
  const database = await createTestDatabase();
  setEnvironment(database);
  return layGround(database);
}

async function makeDataset(
  session: Session,
  columns: readonly Column[],
  rows: readonly CellText[][],
): Promise<Dataset> {
  const name = `d_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const key = [columns[0]?.name ?? ''];
  await asMember(session, ({ db }) =>
    sql`select private.create_dataset(${name}, ${name}, ${JSON.stringify(columns)}::jsonb, ${key}::text[])`.execute(
      db,
    ),
  );
  const dataset = await asMember(session, (tx) => findDataset(tx, name));
  for (const [place, row] of rows.entries())
    await insertRow(session, dataset, row, String(place).padStart(6, '0'));
  return dataset;
}

/** Adds a row by SQL, as somebody with a database client would. */
export async function insertRow(
  session: Session,
  { table, columns }: Dataset,
  row: readonly CellText[],
  externalId: string = randomUUID(),
): Promise<void> {
  const names = sql.join(columns.map(({ name }) => sql.id(name)));
  await asMember(session, ({ db }) =>
    sql`insert into ${sql.id(table.schema, table.name)} (workspace_id, external_id, ${names})
      values (${session.workspaceId}, ${externalId}, ${sql.join(row)})`.execute(db),
  );
}

/** A definition over the dataset, resolved. */
export function planOf(session: Session, dataset: Dataset, definition: object = {}): Plan {
  const full = exportDefinition.parse({ name: 'test', dataset: dataset.name, ...definition });
  return compile(full, dataset, session);
}
