import { randomUUID } from 'node:crypto';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layGround, type TwoWorkspaces } from '#tests/database/ground.ts';
import { rights } from '#tests/database/rights.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { startTestSupabase, type TestSupabase } from '#tests/support/supabase.ts';

let database: TestDatabase;
let supabase: TestSupabase;
let admin: pg.Client;
let ground: TwoWorkspaces;
const callers: Record<string, SupabaseClient> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  supabase = await startTestSupabase(database);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
  ground = await layGround(admin);
  callers.anonymous = client();
  callers.stranger = await signedIn([]);
  callers.member = await signedIn([ground.ours.workspace]);
  callers.both = await signedIn([ground.ours.workspace, ground.theirs.workspace]);
});
afterAll(async () => {
  await admin.end();
  await supabase.close();
  await database.drop();
});

function client(): SupabaseClient {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = supabase.environment;
  return createClient(SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, { auth: { persistSession: false } });
}

/** Somebody who signed up in earnest, as an owner of these workspaces: the browser's token, as PostgREST gets it. */
async function signedIn(workspaces: readonly string[]): Promise<SupabaseClient> {
  const caller = client();
  const { data, error } = await caller.auth.signUp({
    email: `${randomUUID()}@example.com`,
    password: 'correct horse battery',
  });
  if (error) throw error;
  for (const workspace of workspaces)
    await admin.query(`insert into workspace_members values ($1, $2, 'owner')`, [workspace, data.user?.id]);
  return caller;
}

const publicTables = Object.entries(rights)
  .filter(([name]) => name.startsWith('public.'))
  .map(([name, right]) => ({ table: name.slice('public.'.length), right }));

/** Whose rows a caller gets; none where the door stays shut, which the local stand-in answers by an empty list. */
async function workspacesSeen(caller: SupabaseClient | undefined, table: string): Promise<string[]> {
  const answer = await caller?.from(table).select('workspace_id');
  return (answer?.data ?? []).map((row) => row.workspace_id as string).sort();
}

async function contents(table: string): Promise<string> {
  const { rows } = await admin.query(
    `select string_agg(t::text, ';' order by t::text) as all from ${table} t`,
  );
  return rows[0].all;
}

describe('the Data API, called with supabase-js', () => {
  it.each(publicTables)(
    'shows the rows of $table to members of their workspace or to nobody',
    async ({ table, right }) => {
      const { workspace: ours } = ground.ours;
      const { workspace: theirs } = ground.theirs;
      const open = right.dataApi === true;
      expect(await workspacesSeen(callers.anonymous, table)).toEqual([]);
      expect(await workspacesSeen(callers.stranger, table)).toEqual([]);
      expect(await workspacesSeen(callers.member, table)).toEqual(open ? [ours] : []);
      expect(await workspacesSeen(callers.both, table)).toEqual(open ? [ours, theirs].sort() : []);
    },
  );

  it.each(publicTables)('takes no write to $table from anyone', async ({ table, right }) => {
    const before = await contents(table);
    const row = right.row(ground.ours);
    const column = Object.keys(row)[0] ?? '';
    for (const caller of Object.values(callers)) {
      await caller.from(table).insert(row);
      await caller.from(table).update(row).not(column, 'is', null);
      await caller.from(table).delete().not(column, 'is', null);
    }
    expect(await contents(table)).toBe(before);
  });

  it('signing up makes a workspace that its owner alone belongs to', async () => {
    const stranger = await signedIn([]);
    const { data } = await stranger.auth.getUser();
    const { rows } = await admin.query(
      `select m.role, w.name, (select count(*)::int from datasets d where d.workspace_id = w.id) as datasets
       from workspace_members m join workspaces w on w.id = m.workspace_id where m.user_id = $1`,
      [data.user?.id],
    );
    expect(rows).toEqual([{ role: 'owner', name: data.user?.email?.split('@')[0], datasets: 5 }]);
  });
});
