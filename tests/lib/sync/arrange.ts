import { sql } from 'kysely';
import pg from 'pg';
import type { Session } from '#lib/auth/session.ts';
import type { Column } from '#lib/core/columns.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { signUp } from '#tests/support/people.ts';

/** Rows by a superuser, who sees everything; booleans, numbers and times as `pg` has them. */
export async function look<Row>(
  database: TestDatabase,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(database.adminUrl);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A new user, signed in as the owner of a workspace of their own. */
export async function newOwner(database: TestDatabase): Promise<Session> {
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  try {
    return await signUp(admin);
  } finally {
    await admin.end();
  }
}

/** A made dataset in the session's workspace. */
export async function newDataset(
  session: Session,
  name: string,
  columns: readonly Column[],
  key: readonly string[],
): Promise<Dataset> {
  return asMember(session, async (tx) => {
    await sql`select private.create_dataset(${name}, ${name}, ${JSON.stringify(columns)}::jsonb, ${key}::text[])`.execute(
      tx.db,
    );
    return findDataset(tx, name);
  });
}
