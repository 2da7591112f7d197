import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSource } from '#lib/sources/check.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { previewSource } from '#lib/sources/preview.ts';
import { createSource } from '#lib/sources/sources.ts';
import { checkStored, previewStored } from '#lib/sources/stored.ts';
import { type Body, type Ground, newDataset, prepareGround } from '#tests/lib/sync/arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground.close());

let files = 0;

/** A source of its own, so that no answer to another is kept of it. */
function access(body: Body | undefined, type = 'csv', config: Record<string, unknown> = {}) {
  files += 1;
  if (body !== undefined) ground.source.bodies.set(`/file-${files}`, body);
  return { type, config: { url: `${ground.source.url}/file-${files}`, ...config }, credentials: null };
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
    async (_, body, type, config, message) => {
      const result = await checkSource(ground.session, access(body, type, config));
      expect(result).toEqual({ ok: false, message: expect.stringMatching(message), cachedAt: null });
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
    const { streams } = await previewSource(ground.session, access('SKU,Unit Price\na,1\n'), {
      dataset: 'parts',
    });
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

describe('what was read a while ago', () => {
  const first = 'sku,price\na,1\n';
  const second = 'sku,price,size\nb,2,L\n';

  it('is shown again with its age, by checks and previews alike, until it is asked for anew', async () => {
    const parts = access(first);
    ground.source.requests.length = 0;
    expect((await previewSource(ground.session, parts)).cachedAt).toBeNull();
    ground.source.bodies.set(new URL(parts.config.url).pathname, second);
    const kept = await previewSource(ground.session, parts);
    expect(kept.streams[0]?.rows).toEqual([{ sku: 'a', price: '1' }]);
    expect(Date.parse(kept.cachedAt ?? '')).toBeLessThanOrEqual(Date.now());
    const { ok, message, cachedAt } = await checkSource(ground.session, parts);
    expect({ ok, cachedAt }).toEqual({ ok: true, cachedAt: expect.any(String) });
    expect(message).not.toContain('size');
    expect(ground.source.requests).toHaveLength(1);
    const anew = await checkSource(ground.session, parts, { force: true });
    expect(anew).toEqual({ ok: true, message: expect.stringContaining('size'), cachedAt: null });
    expect((await previewSource(ground.session, parts)).streams[0]?.rows).toEqual([
      { sku: 'b', price: '2', size: 'L' },
    ]);
    expect(ground.source.requests).toHaveLength(2);
  });

  it('is kept as long as its source says, and not at all where that is 0', async () => {
    const { config } = access(first);
    const made = async (cacheTtlSeconds: number) => {
      const body = { sourceType: 'csv', displayName: 'Parts', config, cacheTtlSeconds };
      return createSource(ground.session, sourceInput.parse(body));
    };
    const [never, always] = [await made(0), await made(3_600)];
    ground.source.requests.length = 0;
    for (const { id } of [never, never]) await previewStored(ground.session, id, {});
    expect(ground.source.requests).toHaveLength(2);
    for (const { id } of [always, always]) await previewStored(ground.session, id, {});
    expect(ground.source.requests).toHaveLength(3);
    await previewStored(ground.session, always.id, { force: true });
    expect(ground.source.requests).toHaveLength(4);
  });

  it('is counted in the source’s own limits only where it is asked for', async () => {
    const { config } = access(first);
    const rateLimits = [{ calls: 1, seconds: 3_600 }];
    const body = { sourceType: 'csv', displayName: 'Parts', config, rateLimits };
    const { id } = await createSource(ground.session, sourceInput.parse(body));
    for (let n = 0; n < 3; n += 1) expect((await checkStored(ground.session, id, {})).ok).toBe(true);
    const anew = checkStored(ground.session, id, { force: true });
    await expect(anew).rejects.toMatchObject({ code: 'throttled', retryAfterMs: expect.any(Number) });
  });
});
