import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Page } from '#connectors/contract.ts';
import { bodyOf, pagesOf, readAll } from '#tests/connectors/reading.ts';
import { serve } from '#tests/support/servers.ts';

const upload = { upload: 'file' };
const csv = `id,name\n${Array.from({ length: 20_000 }, (_, index) => `${index},name ${index}\n`).join('')}`;

async function failure(id: string, chunks: (Uint8Array | string)[], config = {}) {
  const body = bodyOf(chunks);
  const error = await readAll(id, { ...upload, ...config }, body).catch((thrown: unknown) => thrown);
  expect(body.isClosed()).toBe(true);
  return error;
}

describe('a compressed file', () => {
  it('is recognised by its first bytes, even one at a time', async () => {
    const bytes = gzipSync(csv);
    const { rows } = await readAll(
      'csv',
      upload,
      bodyOf([bytes.subarray(0, 1), bytes.subarray(1, 2), bytes.subarray(2)]),
    );
    expect(rows).toHaveLength(20_000);
  });

  it('of several members is read to the last', async () => {
    const { rows } = await readAll('csv', upload, bodyOf([gzipSync('a,b\n1,2\n'), gzipSync('3,4\n')]));
    expect(rows).toHaveLength(2);
  });

  it('that is cut is an error that names the byte it stopped at, after the pages before it', async () => {
    const bytes = gzipSync(csv);
    const cut = bytes.subarray(0, bytes.length - 10);
    expect(await failure('csv', [cut])).toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining(`breaks off at byte ${cut.length}`),
    });
  });

  it('never gives a complete page when it was cut, wherever', async () => {
    const bytes = gzipSync(csv);
    for (const length of [2, 5, 18, 100, bytes.length - 9, bytes.length - 1]) {
      const pages: Page[] = [];
      const reading = async () => {
        for await (const page of pagesOf('csv', upload, bodyOf([bytes.subarray(0, length)])))
          pages.push(page);
      };
      await expect(reading()).rejects.toMatchObject({ code: 'DATA_ERROR' });
      expect(pages.filter((page) => page.complete)).toEqual([]);
    }
  });

  it('that is corrupt is an error', async () => {
    const bytes = Buffer.from(gzipSync(csv));
    bytes.fill(0xff, 2_000, 2_050);
    expect(await failure('csv', [bytes])).toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining('corrupt'),
    });
  });

  it('that swells beyond reason is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, `${'x'.repeat(2_000)},b\n`));
    expect(await failure('csv', [bomb])).toMatchObject({
      message: expect.stringContaining('over 200 times'),
    });
  });

  it('may be said to be none', async () => {
    expect(await failure('csv', [gzipSync(csv)], { compression: 'none' })).toMatchObject({
      message: expect.stringContaining('not UTF-8'),
    });
  });
});

describe('a body that is something else', () => {
  const page = '<!DOCTYPE html>\n<html><body class="x">Please "sign in, now</body></html>';
  it.each([
    ['csv', page, 'web page'],
    ['json', `  ${page}`, 'web page'],
    ['json', '<?xml version="1.0"?><Error/>', 'web page or XML'],
    ['csv', 'PK\u0003\u0004rest', 'an Excel workbook or a ZIP archive'],
    ['csv', gzipSync('PK\u0003\u0004rest'), 'an Excel workbook or a ZIP archive'],
    ['json', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Excel workbook of the old kind (.xls)'],
    ['csv', '%PDF-1.7\n', 'is a PDF'],
    ['csv', ' {"error":"no such key"}', 'answers with JSON'],
    ['json', Buffer.from('\ufeff[{"a":1}]', 'utf16le'), 'looks like UTF-16: save it as UTF-8'],
    ['json', Buffer.from('[{"a":1}]', 'utf16le'), 'looks like UTF-16: save it as UTF-8'],
    ['json', Buffer.from('[{"a":"caf\u00e9"}]', 'latin1'), 'row that begins on line 1 is not UTF-8'],
    [
      'csv',
      Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xf0, 0x9f]),
      'breaks off within a character on line 2, at byte 5',
    ],
    ['csv', '', 'is empty'],
    ['csv', '\n\n', 'is empty'],
    ['json', '', 'is empty'],
  ])('%s of %j is an error that says so', async (id, body, message) => {
    expect(await failure(id, [body])).toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining(message),
    });
  });
});

describe('credentials', () => {
  it.each([
    [{ bearer: 's3cret' }, '/x?a=1', { authorization: 'Bearer s3cret' }],
    [{ apiKey: { header: 'X-Key', value: 's3cret' } }, '/x?a=1', { 'x-key': 's3cret' }],
    [{ apiKey: { query: 'key', value: 's3 cret&' } }, '/x?a=1&key=s3+cret%26', {}],
    [
      { basic: { user: 'jö', password: 'p:w' } },
      '/x?a=1',
      { authorization: `Basic ${btoa('j\u00c3\u00b6:p:w')}` },
    ],
    [{ headers: { 'x-a': '1', 'x-b': '2' } }, '/x?a=1', { 'x-a': '1', 'x-b': '2' }],
  ])('%j go with the request', async (credentials, url, headers) => {
    let seen: { url: string | undefined; headers: object } | undefined;
    const server = await serve((request, response) => {
      seen = { url: request.url, headers: request.headers };
      response.end('a,b\n1,2\n');
    });
    const { rows } = await readAll('csv', { url: `${server.url}/x?a=1` }, bodyOf([]), { credentials });
    expect(rows).toHaveLength(1);
    expect(seen?.url).toBe(url);
    expect(seen?.headers).toMatchObject(headers);
  });
});

describe('a reader that leaves early', () => {
  it.each([
    ['plain', csv.repeat(3)],
    ['gzip', gzipSync(csv.repeat(3))],
  ])('closes a %s body', async (_name, bytes) => {
    const body = bodyOf([bytes]);
    for await (const page of pagesOf('csv', upload, body)) {
      expect(page.rows).toHaveLength(5_000);
      break;
    }
    expect(body.isClosed()).toBe(true);
  });
});
