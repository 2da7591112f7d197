import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvDefinition } from '#connectors/csv/definition.ts';
import { bodyOf, checkOf, pagesOf, readAll } from '#tests/connectors/reading.ts';

const upload = { upload: 'file' };
const latin = 'sku,name,price\n00501,Café “Zürich” – 5 €,1\n00502,naïve,2\n';
const wide = 'sku,名前\n1,日本語 🚀\n2,é\n';

type Encode = (text: string) => Buffer;
const utf16le: Encode = (text) => Buffer.from(text, 'utf16le');
const utf16be: Encode = (text) => utf16le(text).swap16();
/** Those that latin1 has not: the quotes, the dash and the euro. */
const windows1252: Encode = (text) =>
  Buffer.from(
    text.replace(/[“”–€]/g, (one) => String.fromCharCode({ '“': 0x93, '”': 0x94, '–': 0x96 }[one] ?? 0x80)),
    'latin1',
  );

const bytewise = (bytes: Uint8Array) => Array.from(bytes, (byte) => Uint8Array.of(byte));
const plain = async (text: string) => (await readAll('csv', upload, bodyOf([text]))).pages;

describe('the encoding of a CSV', () => {
  it.each<[string, Buffer, string]>([
    ['UTF-8 with its mark', Buffer.from(`\ufeff${wide}`), wide],
    ['UTF-16LE with its mark', utf16le(`\ufeff${wide}`), wide],
    ['UTF-16BE with its mark', utf16be(`\ufeff${wide}`), wide],
    ['UTF-16LE by its NULs', utf16le(wide), wide],
    ['UTF-16BE by its NULs', utf16be(wide), wide],
    ['Windows-1252 by bytes that are not UTF-8', windows1252(latin), latin],
    ['UTF-8 by its bytes', Buffer.from(latin), latin],
  ])('is found to be %s, in one chunk, in chunks of a byte, and through gzip', async (_name, bytes, text) => {
    const pages = await plain(text);
    for (const chunks of [[bytes], bytewise(bytes), [gzipSync(bytes)]]) {
      expect((await readAll('csv', upload, bodyOf(chunks))).pages).toEqual(pages);
    }
  });

  it('is that of the mark before the one that is said, and the one that is said before the guess', async () => {
    const marked = await readAll('csv', { ...upload, encoding: 'utf-8' }, bodyOf([utf16le(`\ufeff${wide}`)]));
    expect(marked.pages).toEqual(await plain(wide));
    const said = { ...upload, encoding: 'windows-1252' };
    const { values } = await readAll('csv', said, bodyOf(['id,name\n1,é\n']));
    expect(values).toEqual([{ id: '1', name: 'Ã©' }]);
    const stated = await readAll(
      'csv',
      { ...upload, encoding: 'utf-16be' },
      bodyOf([utf16be('名,b\n1,2\n')]),
    );
    expect(stated.values).toEqual([{ 名: '1', b: '2' }]);
  });

  it('is decided by the first byte beyond ASCII, however late it comes', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `${index},plain\n`).join('');
    const text = `id,name\n${rows}last,café\n`;
    for (const bytes of [Buffer.from(text), windows1252(text)]) {
      const read = await readAll('csv', upload, bodyOf([bytes]));
      expect(read.rows.at(-1)).toEqual({ line: 100_002, values: { id: 'last', name: 'café' } });
    }
  });

  it('gives back any text in every encoding, however it is cut', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '€', '語', '🚀', '\ufeff', ' '),
      minLength: 1,
      maxLength: 9,
    });
    const cases = fc.tuple(fc.array(cell, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 7 }));
    const encodings: [string, Encode][] = [
      ['utf-8', (text) => Buffer.from(text)],
      ['utf-16le', utf16le],
      ['utf-16be', utf16be],
    ];
    await fc.assert(
      fc.asyncProperty(cases, async ([cells, size]) => {
        const text = `id,text\n${cells.map((one, index) => `${index},${one}\n`).join('')}`;
        for (const [encoding, encode] of encodings) {
          const bytes = encode(text);
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
            bytes.subarray(n * size, (n + 1) * size),
          );
          const { values } = await readAll('csv', { ...upload, encoding, header: true }, bodyOf(chunks));
          expect(values.map((row) => row.text)).toEqual(cells);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is named by the check where it is not UTF-8', async () => {
    const found = (bytes: Buffer) => checkOf('csv', upload, bodyOf([bytes]));
    expect(await found(windows1252(latin))).toContain('CSV in Windows-1252 with 3 columns');
    expect(await found(utf16be(latin))).toContain('CSV in UTF-16 (big endian) with 3 columns');
    expect(await found(Buffer.from(latin))).toContain('CSV with 3 columns');
  });
});

describe('bytes that are not of the encoding', () => {
  async function refusal(chunks: Uint8Array[], encoding?: string) {
    const body = bodyOf(chunks);
    const config = { ...upload, ...(encoding && { encoding }) };
    const pages: boolean[] = [];
    const reading = async () => {
      for await (const { complete } of pagesOf('csv', config, body)) pages.push(complete ?? false);
    };
    const error = await reading().catch((thrown: unknown) => thrown);
    expect(body.isClosed()).toBe(true);
    expect(pages).not.toContain(true);
    return error;
  }

  it('are named with their line and byte, and the encoding to choose', async () => {
    const broken = Buffer.concat([
      Buffer.from('id,name\n1,é\n2,ü\n3,caf'),
      Buffer.of(0xe9),
      Buffer.from(',\n'),
    ]);
    for (const chunks of [[broken], bytewise(broken)]) {
      expect(await refusal(chunks)).toMatchObject({
        code: 'DATA_ERROR',
        message:
          'The file is not UTF-8 on line 4, at byte 24. If it is Windows-1252, choose the encoding Windows-1252; else repair it there, or save it as UTF-8.',
      });
    }
  });

  it('are found far behind the beginning', async () => {
    const filler = Buffer.from(`id,name\n${'1,ééé\n'.repeat(300_000)}`);
    expect(await refusal([filler, Buffer.of(0x31, 0x2c, 0xe9, 0x0a)])).toMatchObject({
      message: expect.stringContaining(`on line 300002, at byte ${filler.length + 3}`),
    });
  });

  it('are half a character at the end, and half a surrogate pair', async () => {
    expect(await refusal([utf16le('id,a\n1,2\n'), Buffer.of(0x31)], 'utf-16le')).toMatchObject({
      message: expect.stringContaining('breaks off within a character on line 3'),
    });
    expect(await refusal([utf16le('id,a\n1,\ud83d\n2,b\n')])).toMatchObject({
      message: expect.stringContaining('is not UTF-16 on line 2'),
    });
  });

  it('never make a file that is no text a table', async () => {
    const picture = Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.alloc(99, 0xe9),
    ]);
    expect(await refusal([picture])).toMatchObject({ message: expect.stringContaining('not UTF-8') });
  });
});

it('the encoding may be written as sources were saved with before', () => {
  for (const encoding of ['utf8', 'UTF-8', 'utf-8']) {
    expect(csvDefinition.config.parse({ ...upload, encoding })).toEqual({ ...upload, encoding: 'utf-8' });
  }
});
