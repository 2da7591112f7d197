import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSource } from '#lib/sources/check.ts';
import { previewSource } from '#lib/sources/preview.ts';
import { type Body, type Ground, newDataset, prepareGround } from '#tests/lib/sync/arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground.close());

function access(body: Body | undefined, type = 'csv', config: Record<string, unknown> = {}) {
  if (body === undefined) ground.source.bodies.delete('/file');
  else ground.source.bodies.set('/file', body);
  return { type, config: { url: `${ground.source.url}/file`, ...config }, credentials: null };
}

let closed = false;

async function* endless(): AsyncGenerator<string> {
  try {
    yield 'sku,price\n';
    for (let row = 0; ; row += 1) yield `k${row},1\n`.repeat(100);
  } finally {
    closed = true;
  }
}

describe('checking a source', () => {
  it('says what was found', async () => {
    const { ok, message } = await checkSource(ground.session, access('sku,price\na,1\n'));
    expect({ ok, message }).toEqual({ ok: true, message: expect.stringContaining('sku, price') });
  });

  const faults: [string, Body | undefined, string, Record<string, unknown>, RegExp][] = [
    ['nothing at the address', undefined, 'csv', {}, /404/],
    ['credentials that are not accepted', { status: 401, headers: {} }, 'csv', {}, /401/],
    ['a web page', '<html><body>Sign in</body></html>', 'csv', {}, /web page/],
    ['a damaged gzip', gzipSync('sku,price\n').subarray(0, 15), 'csv', {}, /gzip/],
    ['a path that finds nothing', '{"a":1}', 'json', { rowsPath: 'data.items' }, /data\.items/],
    ['a port that nobody listens on', '', 'csv', { url: 'http://127.0.0.1:1/x' }, /127\.0\.0\.1/],
    ['a private address', '', 'csv', { url: 'http://10.0.0.1/x' }, /./],
  ];
  it.each(faults)(
    'that has %s answers what is wrong instead of throwing',
    {
      timeout: 40_000,
    },
    async (_, body, type, config, message) => {
      const result = await checkSource(ground.session, access(body, type, config));
      expect(result).toEqual({ ok: false, message: expect.stringMatching(message) });
    },
  );

  it.each([checkSource, previewSource])('an upload that there is not is not found: %o', async (look) => {
    const asked = look(ground.session, access('', 'csv', { url: undefined, upload: 'nothing' }));
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of settings that no connector takes throws, naming the field', async () => {
    const asked = checkSource(ground.session, { type: 'csv', config: {}, credentials: null });
    await expect(asked).rejects.toMatchObject({
      code: 'invalid',
      fields: { 'config.url': expect.any(String) },
    });
    const unknown = checkSource(ground.session, { type: 'fax', config: {}, credentials: null });
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('previewing a source', () => {
  it('shows the first rows of an endless one and closes it', async () => {
    const { streams } = await previewSource(ground.session, access(endless));
    expect(streams).toMatchObject([{ name: 'rows', rows: Array(50).fill({ price: '1' }) }]);
    expect(streams[0]?.suggestedFields).toEqual({ sku: 'sku', price: 'price' });
    await expect.poll(() => closed).toBe(true);
  });

  it('suggests the fields of the dataset asked for', async () => {
    await newDataset(ground.session, 'parts', [{ name: 'unit_price', type: 'decimal' }], ['unit_price']);
    const { streams } = await previewSource(ground.session, access('SKU,Unit Price\na,1\n'), 'parts');
    expect(streams[0]?.suggestedFields).toEqual({ unit_price: 'Unit Price' });
  });

  it('keeps numbers as they stand', async () => {
    const { streams } = await previewSource(
      ground.session,
      access('[{"n":1.10,"m":12345678901234567890}]', 'json'),
    );
    expect(JSON.stringify(streams[0]?.rows)).toBe('[{"n":1.10,"m":12345678901234567890}]');
  });
});
