import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRejects } from '#lib/sources/runs.ts';
import { getSource } from '#lib/sources/sources.ts';
import {
  type Body,
  type Ground,
  look,
  newParts,
  type Parts,
  prepareGround,
  sync,
  syncCounts,
} from './arrange.ts';

const good = 'sku,price\na,1\nb,2\n';

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'price');
});
afterAll(() => ground.close());

async function* longLine(bytes: number): AsyncGenerator<Buffer> {
  yield Buffer.from('sku,price\na,');
  const chunk = Buffer.alloc(1_000_000, '1');
  for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
}

function manyRows(count: number): string {
  return `sku,price\n${Array.from({ length: count }, (_, index) => `k${index},${index}`).join('\n')}\n`;
}

describe('a source that turns bad', () => {
  const truncated = gzipSync(manyRows(50_000)).subarray(0, 40_000);
  const cases: [string, Body, string, RegExp][] = [
    ['a web page', '<!doctype html><html><body>Sign in</body></html>', 'DATA_ERROR', /web page/],
    ['a gzip that is cut short', truncated, 'DATA_ERROR', /gzip/],
    ['an empty file', '', 'DATA_ERROR', /empty/],
    ['a header without the key', 'SKU code,price\na,1\n', 'MAPPING_ERROR', /“sku”.*SKU code/],
    ['a line of 300 MB', () => longLine(300_000_000), 'DATA_ERROR', /line|long|MB/],
  ];

  it.each(cases)('into %s fails with a clear error and changes nothing', async (_, body, code, message) => {
    const { id, serve, rows } = await parts.newSource(good);
    await syncCounts(ground, id);
    const before = await rows();
    serve(body);
    const job = await sync(ground, id);
    expect(job).toMatchObject({ status: 'failed', error: { code } });
    expect(job.error?.message).toMatch(message);
    expect(await rows()).toEqual(before);
    expect(await getSource(ground.session, id)).toMatchObject({
      syncStatus: 'failed',
      syncError: job.error,
    });
    const runs = 'select status, error from sync_runs where source_id = $1 order by created_at desc limit 1';
    expect(await look(ground.database, runs, [id])).toEqual([{ status: 'failed', error: job.error }]);
    serve(good);
    expect(await syncCounts(ground, id)).toEqual({ read: 2, unchanged: 2 });
    expect(await getSource(ground.session, id)).toMatchObject({ syncStatus: 'completed', syncError: null });
  });

  it('and loses a column goes on without it, leaves its values as they are, and says so', async () => {
    const { id, serve, rows } = await parts.newSource(good);
    await syncCounts(ground, id);
    const before = await rows();
    serve('sku,Price USD\na,9\n');
    const job = await sync(ground, id);
    expect(job).toMatchObject({ status: 'completed', result: { read: 1 } });
    const [row] = before as { sku: string; price: string }[];
    expect(await rows()).toEqual(
      expect.arrayContaining([expect.objectContaining({ sku: 'a', price: row?.price })]),
    );
    const [run] = await look<{ warnings: { message: string }[] }>(
      ground.database,
      'select warnings from sync_runs where source_id = $1 order by created_at desc limit 1',
      [id],
    );
    expect(run?.warnings[0]?.message).toMatch(/“price”.*keeps its present values/);
  });

  it('where a JSON path finds nothing, says so', async () => {
    const { id } = await parts.newSource('{"data":{"rows":[]}}', {
      sourceType: 'json',
      config: { rowsPath: 'data.items' },
    });
    const job = await sync(ground, id);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'DATA_ERROR' } });
    expect(job.error?.message).toContain('data.items');
  });

  it('that was removed at its address says to check it', async () => {
    const { id } = await parts.newSource(good);
    ground.source.bodies.clear();
    expect(await sync(ground, id)).toMatchObject({ status: 'failed', error: { code: 'REQUEST_REFUSED' } });
  });
});

describe('a bad row', () => {
  it('is set aside with its line, field, value and reason, and the rest goes on', async () => {
    const { id, rows } = await parts.newSource('sku,price\na,1\nb,cheap\n,3\nd,4,5\ne,5\n');
    expect(await syncCounts(ground, id)).toEqual({ read: 5, inserted: 2, rejected: 3 });
    expect((await rows()).map(({ sku }) => sku)).toEqual(['a', 'e']);
    const { items } = await listRejects(ground.session, { sourceId: id }, { limit: 50 });
    expect(items.sort((a, b) => Number(a.line) - Number(b.line))).toMatchObject([
      { line: '3', externalId: 'b', field: 'price', value: 'cheap', payload: '{"sku":"b","price":"cheap"}' },
      { line: '4', externalId: null, field: 'sku', value: '' },
      { line: '5', externalId: null, field: null, payload: 'd,4,5\n' },
    ]);
    for (const { reason } of items) expect(reason).not.toBe('');
  });

  it('that the database alone refuses is found among thousands and set aside', async () => {
    await look(ground.database, `alter table data.${parts.dataset.table.name} add check (price <> 4321)`);
    const { id, rows } = await parts.newSource(manyRows(5_000));
    expect(await syncCounts(ground, id)).toEqual({ read: 5_000, inserted: 4_999, rejected: 1 });
    expect(await rows()).toHaveLength(4_999);
    const { items } = await listRejects(ground.session, { sourceId: id }, { limit: 50 });
    expect(items).toMatchObject([{ line: '4323', externalId: 'k4321' }]);
  });

  it('is set aside whatever it holds: NUL, half a character, or one that is cut in two', async () => {
    const odd = ['a\\u0000', 'b\\ud83d', `c${'x'.repeat(998)}😀`];
    const { id } = await parts.newSource(`[${odd.map((price) => `{"sku":"${price}","price":"${price}"}`)}]`, {
      sourceType: 'json',
    });
    expect(await syncCounts(ground, id)).toEqual({ read: 3, rejected: 3 });
    const { items } = await listRejects(ground.session, { sourceId: id }, { limit: 50 });
    const values = items.map(({ value }) => value ?? '').sort();
    expect(values.map((value) => value.at(-1))).toEqual(['␀', '\ufffd', '\ufffd']);
  });

  it('counts anew in the next run', async () => {
    const { id } = await parts.newSource('sku,price\na,x\n');
    expect(await syncCounts(ground, id)).toEqual({ read: 1, rejected: 1 });
    expect(await syncCounts(ground, id)).toEqual({ read: 1, rejected: 1 });
    const { items } = await listRejects(ground.session, { sourceId: id }, { limit: 50 });
    expect(new Set(items.map(({ runId }) => runId)).size).toBe(2);
  });
});
