import type { IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bodyOf, checkOf, type ReadOptions, readAll } from '#tests/connectors/reading.ts';
import { serve } from '#tests/support/servers.ts';
import { byUpdatedAt, configFor } from '#tests/support/vendor/config.ts';
import { startVendor } from '#tests/support/vendor/vendor.ts';

type Config = Readonly<Record<string, unknown>>;
type Answer = { readonly body: unknown; readonly headers?: Record<string, string> };

/** A server that answers each request as it is told to, and notes what it was asked. */
async function apiOf(answer: (query: URLSearchParams, number: number, path: string) => Answer) {
  const requests: IncomingMessage[] = [];
  const server = await serve((request, response) => {
    requests.push(request);
    const url = new URL(request.url ?? '', 'http://localhost');
    const { body, headers = {} } = answer(url.searchParams, requests.length, url.pathname);
    response.writeHead(200, headers).end(JSON.stringify(body));
  });
  return { url: `${server.url}/api?fixed=1`, origin: server.url, requests };
}

async function vendorOf(rows: number) {
  const vendor = await startVendor();
  onTestFinished(() => vendor.close());
  vendor.table('things').fill(rows);
  return { vendor, things: vendor.table('things') };
}

const read = (config: Config, options: ReadOptions = {}) => readAll('json', config, bodyOf([]), options);

describe('the address of the next page', () => {
  const rows = [{ id: 1 }];
  const pagination = { by: 'next', path: 'next' };

  it('of another host is asked without the credentials', async () => {
    const other = await apiOf(() => ({ body: { rows, next: null } }));
    const own = await apiOf(() => ({ body: { rows, next: `${other.origin}/api?page=2` } }));
    const credentials = { bearer: 's3cret' };
    const { values } = await read({ url: own.url, rowsPath: 'rows', pagination }, { credentials });
    expect(values).toHaveLength(2);
    expect(own.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer s3cret']);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('may be relative, and is gone on from where it leads', async () => {
    const { url, requests } = await apiOf((_query, number) => ({
      body: { rows: [{ id: number }], next: ['?page=2', '/other?page=3', ''][number - 1] },
    }));
    expect((await read({ url, rowsPath: 'rows', pagination })).values).toHaveLength(3);
    expect(requests.map((request) => request.url)).toEqual(['/api?fixed=1', '/api?page=2', '/other?page=3']);
  });

  it('does not keep a key that the API writes into it', async () => {
    const { url, requests } = await apiOf((query, number) => ({
      body: {
        rows: [{ id: number }],
        next: number < 3 ? `/api?page=${number + 1}&key=${query.get('key')}` : null,
      },
    }));
    const credentials = { apiKey: { query: 'key', value: 's3cret' } };
    const { pages } = await read({ url, rowsPath: 'rows', pagination }, { credentials });
    expect(requests.map((request) => request.url)).toEqual([
      '/api?fixed=1&key=s3cret',
      '/api?page=2&key=s3cret',
      '/api?page=3&key=s3cret',
    ]);
    expect(JSON.stringify(pages)).not.toContain('s3cret');
  });

  it.each([['ftp://example.com/x'], ['http://'], [{ href: '/x' }], [17]])('cannot be %j', async (next) => {
    const { url } = await apiOf(() => ({ body: { rows, next } }));
    await expect(read({ url, rowsPath: 'rows', pagination })).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining('address of its next page'),
    });
  });

  it('that leads in a circle ends the read, whatever the rows hold', async () => {
    const { url, requests } = await apiOf((_query, number) => ({
      body: { rows: [{ id: number }], next: `/api?page=${number % 3}` },
    }));
    await expect(read({ url, rowsPath: 'rows', pagination })).rejects.toMatchObject({ code: 'DATA_ERROR' });
    expect(requests.length).toBeLessThan(15);
  });

  it('that never comes to an end, with nothing in it, ends the read', async () => {
    const { url, requests } = await apiOf((_query, number) => ({
      body: { rows: [], next: `/api?page=${number}` },
    }));
    await expect(read({ url, rowsPath: 'rows', pagination })).rejects.toMatchObject({ code: 'DATA_ERROR' });
    expect(requests).toHaveLength(100);
  });
});

describe('whether there are more', () => {
  const page = (number: number, more: unknown) => ({ body: { rows: [{ id: number }], meta: { more } } });

  it.each([
    ['true, then false', (number: number) => number < 3],
    ['texts', (number: number) => (number < 3 ? 'true' : 'false')],
    ['the number of the last page', () => 3],
    ['it as a text', () => '3'],
  ])('is said by %s', async (_name, more) => {
    const { url, requests } = await apiOf((_query, number) => page(number, more(number)));
    const pagination = { by: 'page', parameter: 'p', morePath: 'meta.more' };
    const { values } = await read({ url, rowsPath: 'rows', pagination });
    expect(values).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(requests.map((request) => request.url)).toEqual(
      [1, 2, 3].map((number) => `/api?fixed=1&p=${number}`),
    );
  });

  it('is known by the total, which saves a call', async () => {
    const { vendor } = await vendorOf(200);
    const config = { ...configFor(vendor, 'offset', 'things'), totalPath: 'meta.total' };
    expect((await read(config)).values).toHaveLength(200);
    expect(vendor.calls).toHaveLength(2);
  });

  it('is asked on from 0 where pages are counted from there', async () => {
    const { url, requests } = await apiOf((_query, number) => ({ body: number < 3 ? [{ id: number }] : [] }));
    await read({ url, pagination: { by: 'page', parameter: 'p', first: 0 } });
    expect(requests.map((request) => request.url)).toEqual([
      '/api?fixed=1&p=0',
      '/api?fixed=1&p=1',
      '/api?fixed=1&p=2',
    ]);
  });

  it('is not taken from pages that are shorter than was asked for', async () => {
    const { vendor } = await vendorOf(95);
    for (const kind of ['page', 'offset', 'lastRow'] as const) {
      vendor.habits.maxPage = 20;
      expect((await read(configFor(vendor, kind, 'things', { pageRows: 50 }))).values).toHaveLength(95);
    }
  });

  it('is asked by the exact digits of the last row', async () => {
    const { url, requests } = await apiOf((_query, number) =>
      number > 1 ? { body: [] } : { body: [{ id: JSON.rawJSON('12345678901234567890') }] },
    );
    await read({ url, pagination: { by: 'lastRow', field: 'id', parameter: 'after' } });
    expect(requests[1]?.url).toBe('/api?fixed=1&after=12345678901234567890');
  });
});

describe('an answer without rows', () => {
  const changes = { column: 'id', parameter: 'since' };
  const incremental = { type: 'integer', ...changes };
  const since = { column: 'id', type: 'integer', value: '7' };

  it('may be null where only what has changed is asked for, or what comes next', async () => {
    const { url } = await apiOf((query, number) => ({
      body: { data: { rows: query.has('since') || number === 3 ? null : [{ id: 1 }], total: 1 } },
    }));
    const config = { url, rowsPath: 'data.rows', incremental };
    expect((await read(config, { since })).pages).toMatchObject([{ rows: [], bookmark: since }]);
    const pagination = { by: 'page', parameter: 'p' };
    expect((await read({ ...config, pagination })).values).toEqual([{ id: 1 }]);
  });

  it('is an error where null stands for everything', async () => {
    const { url } = await apiOf(() => ({ body: { rows: null } }));
    await expect(read({ url, rowsPath: 'rows', incremental })).rejects.toMatchObject({ code: 'DATA_ERROR' });
    await expect(read({ url, rowsPath: 'rows' })).rejects.toMatchObject({ code: 'DATA_ERROR' });
  });

  it('may have no content at all', async () => {
    const server = await serve((_request, response) => void response.writeHead(204).end());
    const config = { url: server.url, rowsPath: 'rows', incremental };
    expect((await read(config, { since })).pages).toMatchObject([{ rows: [], bookmark: since }]);
  });
});

describe('a first page as long as a page may be', () => {
  const pageSize = { parameter: 'limit', rows: 2 };
  const rows = [{ id: 1 }, { id: 2 }];

  it.each([
    ['names nothing', { by: 'next', path: 'next' }, { rows }, true],
    ['names nothing in its header', { by: 'link' }, { rows }, true],
    ['has no cursor', { by: 'cursor', path: 'cursor', parameter: 'c' }, { rows }, true],
    ['says that there is none', { by: 'next', path: 'next' }, { rows, next: null }, false],
    [
      'says that there are no more',
      { by: 'cursor', path: 'c', parameter: 'c', morePath: 'more' },
      { rows, more: false },
      false,
    ],
  ])('that %s leaves a doubt or does not', async (_name, pagination, body, isDoubted) => {
    const { url } = await apiOf(() => ({ body }));
    const { pages } = await read({ url, rowsPath: 'rows', pageSize, pagination });
    const reason = expect.stringContaining('named no next one');
    expect(pages).toMatchObject([
      isDoubted ? { doubt: { reason, settledByAnother: false } } : { complete: true },
    ]);
    expect(
      (await read({ url, rowsPath: 'rows', pageSize: { ...pageSize, rows: 3 }, pagination })).pages,
    ).toMatchObject([{ complete: true }]);
  });
});

describe('a page in the middle of an answer', () => {
  it('is read from the start of the answer where that has changed meanwhile', async () => {
    const { vendor, things } = await vendorOf(12_000);
    const config = configFor(vendor, 'link', 'things', { pageRows: 12_000 });
    const { pages } = await read(config);
    expect(pages.map(({ rows }) => rows.length)).toEqual([5_000, 5_000, 2_000]);
    things.delete(3);
    const rest = await read(config, { cursor: pages[0]?.cursor });
    expect(rest.values).toHaveLength(11_999);
    things.delete(4_000);
    for (const { id } of things.rows().slice(100)) things.delete(id);
    expect((await read(config, { cursor: pages[1]?.cursor })).values).toHaveLength(100);
  });
});

describe('rows', () => {
  it('carry the time of their last change, where a field says it', async () => {
    const updatedAt = 'meta.changed';
    const { url } = await apiOf(() => ({
      body: [
        { meta: { changed: '2026-03-01 12:00:00+02' } },
        { meta: { changed: 1_772_366_400 } },
        { meta: 'x' },
      ],
    }));
    const { rows } = await read({ url, updatedAt, pagination: { by: 'link' } });
    expect(rows.map((row) => row.updatedAt)).toEqual([
      '2026-03-01T10:00:00.000Z',
      '2026-03-01T12:00:00.000Z',
      undefined,
    ]);
    const plain = await readAll(
      'json',
      { upload: 'file', updatedAt: 'at' },
      bodyOf(['[{"at":"2026-03-01"}]']),
    );
    expect(plain.rows.map((row) => row.updatedAt)).toEqual(['2026-03-01T00:00:00.000Z']);
  });
});

describe('the check of an API', () => {
  it('says what is on the first page, and whether that is all', async () => {
    const { vendor, things } = await vendorOf(3);
    const config = { ...configFor(vendor, 'link', 'things', { pageRows: 3 }), ...byUpdatedAt };
    const found =
      'JSON with rows at "data": its first row has 4 fields, id, created_at, updated_at, version.';
    expect(await checkOf('json', config, bodyOf([]))).toBe(`${found} It is all on one page.`);
    things.insert();
    expect(await checkOf('json', config, bodyOf([]))).toBe(`${found} There may be more pages.`);
    for (const { id } of things.rows()) things.delete(id);
    expect(await checkOf('json', config, bodyOf([]))).toBe(
      'JSON with rows at "data", without any rows in it.',
    );
  });
});
