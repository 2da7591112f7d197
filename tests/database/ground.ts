import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Ground } from '#tests/database/kinds-of-rights.ts';
import { rights } from '#tests/database/rights.ts';

/** Two workspaces with a row in every table, and everyone who may come near them. */
export interface TwoWorkspaces {
  readonly ours: Ground;
  readonly theirs: Ground;
  /** `both` is an editor here and there; `stranger` belongs to neither; `nobody` is not signed in. */
  readonly users: Readonly<Record<Person, string>>;
}

export const people = ['owner', 'editor', 'viewer', 'both', 'stranger', 'nobody'] as const;
export type Person = (typeof people)[number];

/** Lays both out as a superuser. Sign-up itself makes the workspaces of `owner` and of their counterpart. */
export async function layGround(admin: pg.Client): Promise<TwoWorkspaces> {
  await admin.query('create table data.made (code text)');
  await admin.query(`select private.equip_dataset('data.made')`);
  const owner = await signUp(admin, 'owner');
  const editor = await signUp(admin, 'editor');
  const viewer = await signUp(admin, 'viewer');
  const both = await signUp(admin, 'both');
  const stranger = await signUp(admin, 'stranger');
  await admin.query(
    `insert into datasets (workspace_id, name, label, kind, table_schema, table_name, columns, key)
     select workspace_id, 'made', 'Made', 'made', 'data', 'made', '[]', '{code}'
     from workspace_members where user_id = $1`,
    [owner],
  );
  const ours = await furnish(admin, owner);
  const theirs = await furnish(admin, await signUp(admin, 'other'));
  await admin.query(
    `insert into workspace_members (workspace_id, user_id, role)
     values ($1, $2, 'editor'), ($1, $3, 'viewer'), ($1, $4, 'editor'), ($5, $4, 'editor')`,
    [ours.workspace, editor, viewer, both, theirs.workspace],
  );
  return { ours, theirs, users: { owner, editor, viewer, both, stranger, nobody: randomUUID() } };
}

/** A new account as the Auth server would insert it; the trigger gives it a workspace. */
async function signUp(admin: pg.Client, name: string): Promise<string> {
  const id = randomUUID();
  await admin.query('insert into auth.users (id, email) values ($1, $2)', [id, `${name}-${id}@example.com`]);
  return id;
}

/** The SQL that inserts one row, with its values. */
export function insertion(
  table: string,
  row: Readonly<Record<string, unknown>>,
): { text: string; values: unknown[] } {
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${index + 1}`);
  return {
    text: `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`,
    values: Object.values(row),
  };
}

async function furnish(admin: pg.Client, user: string): Promise<Ground> {
  const found = await admin.query('select workspace_id from workspace_members where user_id = $1', [user]);
  const workspace: string = found.rows[0].workspace_id;
  const dataset = await admin.query(`select id from datasets where workspace_id = $1 limit 1`, [workspace]);
  const empty: Ground = {
    workspace,
    user,
    dataset: dataset.rows[0].id,
    source: '',
    job: '',
    run: '',
    deletion: '',
    export: '',
  };
  const source = await insertReturningId(admin, 'public.external_data_sources', empty);
  const job = await insertReturningId(admin, 'public.jobs', empty);
  const run = await insertReturningId(admin, 'public.sync_runs', { ...empty, source });
  const ground = {
    ...empty,
    source,
    job,
    run,
    deletion: await insertReturningId(admin, 'public.sync_deletions', { ...empty, source }),
    export: await insertReturningId(admin, 'public.exports', empty),
  };
  for (const [table, { row }] of Object.entries(rights)) {
    if (made.has(table)) continue;
    const { text, values } = insertion(table, {
      ...row(ground),
      ...(table === 'public.api_keys' && { created_by: user }),
    });
    await admin.query(`${text} on conflict do nothing`, values);
  }
  return ground;
}

/** What sign-up or the lines above have made already. */
const made = new Set([
  'public.workspaces',
  'public.workspace_members',
  'public.datasets',
  'public.external_data_sources',
  'public.jobs',
  'public.sync_runs',
  'public.sync_deletions',
  'public.exports',
]);

/** Inserts the matrix's row of a table that has an `id`, and answers it. */
export async function insertReturningId(admin: pg.Client, table: string, ground: Ground): Promise<string> {
  const row = rights[table]?.row(ground) ?? {};
  const { text, values } = insertion(table, row);
  return (await admin.query(`${text} returning id`, values)).rows[0].id;
}
