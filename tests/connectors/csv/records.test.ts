import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { bodyOf, cutAt, readAll } from '#tests/connectors/reading.ts';

const upload = { upload: 'file' };

async function rowsOf(text: string, config: Record<string, unknown> = {}, cuts: readonly number[] = []) {
  return readAll('csv', { ...upload, ...config }, bodyOf(cutAt(text, cuts)));
}

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\n', '\r', '\r\n', "'", 'é', '🚀', ' ', 'a', '='),
    maxLength: 8,
  }),
  fc.constantFrom('', 'NULL', 'true', '\\N', ' padded ', '00501'),
);
/** Well-formed: half a surrogate pair has no UTF-8. The byte order mark is taken at the beginning only. */
const table = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  )
  .map((rows) => rows.map((row) => row.map((text) => text.toWellFormed())));

describe('a CSV, whatever its chunks', () => {
  it('gives back every cell that papaparse wrote, for any cells, line ends, delimiter and chunk borders', async () => {
    const cuts = fc.array(fc.nat({ max: 5_000 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        cuts,
        async (rows, delimiter, newline, quotes, at) => {
          const width = rows[0]?.length ?? 0;
          const header = Array.from({ length: width }, (_, index) => `h${index}`);
          const text = Papa.unparse([header, ...rows], { delimiter, newline, quotes });
          const read = await rowsOf(text, { delimiter, header: true, quote: '"' }, at);
          expect(read.values.map((values) => header.map((name) => values[name]))).toEqual(rows);
          expect(read.pages.flatMap((page) => page.broken ?? [])).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads the same from one chunk and from chunks of a byte, be the text well or badly formed', async () => {
    const soup = fc.string({
      unit: fc.constantFrom('"', ',', '\n', '\r\n', 'a', 'é', ' '),
      minLength: 1,
      maxLength: 60,
    });
    const outcome = (text: string, cuts: readonly number[]) =>
      rowsOf(`a,b\n${text}`, { header: true, delimiter: ',', quote: '"' }, cuts).then(
        ({ pages }) => pages,
        (error: Error) => error.message,
      );
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const everywhere = Array.from({ length: 300 }, (_, index) => index);
        expect(await outcome(text, everywhere)).toEqual(await outcome(text, []));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps records whole over the borders of the parts that are parsed', async () => {
    const rows = Array.from({ length: 4_000 }, (_, index) => [
      String(index),
      `"${index}"\r\nline, two 🚀`,
      'x'.repeat(index % 90),
    ]);
    const text = Papa.unparse([['id', 'note', 'pad'], ...rows], { newline: '\r\n' });
    const chunks = cutAt(
      text,
      Array.from({ length: 500 }, (_, index) => index * 997),
    );
    const read = await readAll('csv', upload, bodyOf(chunks));
    expect(read.values.map(({ id, note, pad }) => [id, note, pad])).toEqual(rows);
    expect(read.rows.map(({ line }) => line)).toEqual(rows.map((_, index) => 2 + index * 2));
  });
});

describe('lines and values', () => {
  it('counts physical lines, those inside of quotes too', async () => {
    const { rows } = await rowsOf('a,b\r\n1,"x\r\ny"\r\n\r\n2,z\r\n');
    expect(rows).toEqual([
      { line: 2, values: { a: '1', b: 'x\r\ny' } },
      { line: 5, values: { a: '2', b: 'z' } },
    ]);
  });

  it('takes values verbatim', async () => {
    const { values } = await rowsOf('a,b\n NULL ,true\n\\N, "x"\n00501,\n');
    expect(values).toEqual([
      { a: ' NULL ', b: 'true' },
      { a: '\\N', b: ' "x"' },
      { a: '00501', b: '' },
    ]);
  });

  it('takes the CR of a CRLF away, and leaves one inside of quotes', async () => {
    const { values } = await rowsOf('a,b\r\n1,x\r\n2,"y\r"\r\n3,"z"\r\n');
    expect(values.map(({ b }) => b)).toEqual(['x', 'y\r', 'z']);
  });

  it('reads lines that end in CR alone, and lines of both kinds', async () => {
    expect((await rowsOf('a,b\r1,2\r3,4')).values).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
    expect((await rowsOf('a,b\r\n1,2\n3,4\r\n')).values).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  it('takes a blank line as a row where there is one column, and passes over it where there are more', async () => {
    expect((await rowsOf('a\n1\n\n2\n', { header: true })).values).toEqual([
      { a: '1' },
      { a: '' },
      { a: '2' },
    ]);
    expect((await rowsOf('\na,b\n\n1,2\n\n')).values).toEqual([{ a: '1', b: '2' }]);
  });

  it('drops the byte order mark, split over chunks or not', async () => {
    expect((await rowsOf('\ufeffid,b\n1,2\n', {}, [1, 2])).values).toEqual([{ id: '1', b: '2' }]);
  });
});

describe('ragged and malformed rows', () => {
  it('sets aside a row with too few or too many cells, with its line, its text and the reason', async () => {
    const { pages, values } = await rowsOf('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n');
    expect(values.map(({ a }) => a)).toEqual(['1', '10']);
    expect(pages[0]?.broken).toEqual([
      { line: 3, reason: '2 cells where the header has 3', raw: '4,5\n' },
      { line: 4, reason: '4 cells where the header has 3', raw: '6,7,8,9\n' },
    ]);
  });

  it('sets aside a row whose quoted cell goes on after its quote, with every line that it runs over', async () => {
    const { pages, values } = await rowsOf('a,b\n"5" pipe",1\n"x"y,1\nlost,"2"\nok,2\n', { header: true });
    expect(values).toEqual([{ a: 'ok', b: '2' }]);
    const reason = 'a quoted cell goes on after its closing quote';
    expect(pages[0]?.broken).toEqual([
      { line: 2, reason, raw: '"5" pipe",1\n' },
      { line: 3, reason: `${reason}; lines 3 to 4 were read as one row`, raw: '"x"y,1\nlost,"2"\n' },
    ]);
  });

  it('keeps at most 8,000 characters of a broken row', async () => {
    const { pages } = await rowsOf(`a,b\n${'x'.repeat(20_000)}\n`, { header: true, delimiter: ',' });
    expect(pages[0]?.broken?.[0]?.raw).toHaveLength(8_000);
  });

  it('names the line on which a quote opens that is never closed', async () => {
    const text = 'a,b\n1,2\n"x\ny","never\n3,4\n';
    await expect(rowsOf(text, { header: true })).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining('opens on line 4 is never closed'),
    });
  });
});

describe('a row without end', () => {
  /** 300 MB in chunks of 1 MB. */
  function* endless(start: string): Generator<Uint8Array> {
    yield Buffer.from(start);
    for (let index = 0; index < 300; index += 1) yield Buffer.alloc(1_000_000, 'x');
  }

  it('of 300 MB is refused after 8 MB, and the body is closed', async () => {
    let taken = 0;
    function* counted() {
      for (const chunk of endless('a,b\n1,')) {
        taken += chunk.length;
        yield chunk;
      }
    }
    const body = bodyOf(counted());
    await expect(readAll('csv', upload, body)).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining('row that begins on line 2 is longer than 8 MB'),
    });
    expect(taken).toBeLessThan(20_000_000);
    expect(body.isClosed()).toBe(true);
  });

  it('is laid to an open quote where there is one', async () => {
    await expect(readAll('csv', upload, bodyOf(endless('a,b\n1,"')))).rejects.toMatchObject({
      message: expect.stringContaining('quote that opens on line 2 is never closed'),
    });
  });
});
