import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { supabaseStore } from '#lib/storage/supabase.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { serve } from '#tests/support/servers.ts';
import { startTestSupabase, type TestSupabase } from '#tests/support/supabase.ts';
import { describeObjectStore } from './conformance.ts';

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

describeObjectStore('a bucket of Supabase Storage', () => {
  const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: secretKey } = supabase.environment;
  return supabaseStore({ url, secretKey, bucket: 'entrepot' });
});

describe('hosted Supabase Storage', () => {
  async function answering(status: number, body: unknown) {
    const server = await serve((request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    return supabaseStore({ url: server.url, secretKey: 'hunter2', bucket: 'b' });
  }

  it('says in the body of a 400 that there is no such object', async () => {
    const store = await answering(400, {
      statusCode: '404',
      error: 'not_found',
      message: 'Object not found',
    });
    await expect(store.getStream('a')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says in the body of a 400 that a file is too large', async () => {
    const store = await answering(400, {
      statusCode: '413',
      error: 'Payload too large',
      message: 'too large',
    });
    const upload = store.putStream('a', (async function* () {})(), 'text/plain');
    await expect(upload).rejects.toMatchObject({ code: 'too_large' });
  });

  it('when it fails is unavailable, and the error holds no secret', async () => {
    const store = await answering(500, {});
    const error = await store.listObjects('a/').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('500') });
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
  });
});
