import type { PoolClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asMember } from '#lib/db/as-member.ts';
import { pool } from '#lib/db/pool.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await freshGround();
});
afterAll(() => ground.close());

function inSnapshot(signal: AbortSignal): Promise<string> {
  return asMember(ground.session, async () => 'ran', { isolation: 'snapshot', signal });
}

function takeAll(): Promise<PoolClient[]> {
  const { max } = pool('snapshot').options;
  return Promise.all(Array.from({ length: max }, () => pool('snapshot').connect()));
}

it('an abort ends the wait for a connection, which goes back to the pool when it comes', async () => {
  const held = await takeAll();
  const stop = new AbortController();
  const waiting = inSnapshot(stop.signal);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  for (const client of held) client.release();
  for (const client of await takeAll()) client.release();
});

it('a signal that was aborted before lets nothing run', async () => {
  await expect(inSnapshot(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
