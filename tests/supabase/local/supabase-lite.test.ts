import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { startTestSupabase, type TestSupabase } from '#tests/support/supabase.ts';

let database: TestDatabase;
let supabase: TestSupabase;
beforeAll(async () => {
  database = await createTestDatabase();
  supabase = await startTestSupabase(database);
});
afterAll(async () => {
  await supabase.close();
  await database.drop();
});

function client(key: 'SUPABASE_SECRET_KEY' | 'SUPABASE_PUBLISHABLE_KEY'): SupabaseClient {
  const { environment } = supabase;
  return createClient(environment.SUPABASE_URL, environment[key], { auth: { persistSession: false } });
}

describe('the local Auth and Storage', () => {
  it('gives whoever signs up a workspace of their own', async () => {
    const signUp = await client('SUPABASE_PUBLISHABLE_KEY').auth.signUp({
      email: 'ada@example.com',
      password: 'long enough',
    });
    const admin = new pg.Client(database.adminUrl);
    await admin.connect();
    const members = await admin.query('select user_id, role from public.workspace_members');
    await admin.end();
    expect(members.rows).toEqual([{ user_id: signUp.data.user?.id, role: 'owner' }]);
  });

  it('keeps an object that came as a stream, byte for byte', async () => {
    const bucket = client('SUPABASE_SECRET_KEY').storage.from('entrepot');
    const bytes = Buffer.alloc(3_000_000, 'rows and columns ');
    const uploaded = await bucket.upload('spool/a/1.ndjson', new Blob([bytes]).stream(), { duplex: 'half' });
    expect(uploaded.error).toBeNull();
    const read = await bucket.download('spool/a/1.ndjson');
    expect(Buffer.from(await (read.data ?? new Blob()).arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('gives a request without a key nothing', async () => {
    const { SUPABASE_URL } = supabase.environment;
    expect((await fetch(`${SUPABASE_URL}/rest/v1/workspaces`)).status).toBe(401);
    expect((await fetch(`${SUPABASE_URL}/storage/v1/object/entrepot/spool/a/1.ndjson`)).ok).toBe(false);
  });

  it('keeps objects inside their folder', async () => {
    const { SUPABASE_URL, SUPABASE_SECRET_KEY } = supabase.environment;
    const outside = `${SUPABASE_URL}/storage/v1/object/entrepot/..%2f..%2foutside`;
    const upload = { method: 'POST', headers: { apikey: SUPABASE_SECRET_KEY }, body: 'x' };
    expect((await fetch(outside, upload)).ok).toBe(false);
  });
});
