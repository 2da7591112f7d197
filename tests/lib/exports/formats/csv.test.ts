import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { csv } from '#lib/exports/formats/csv.ts';
import type { CsvOptions } from '#lib/exports/formats/csv-options.ts';

async function write(
  rows: readonly (readonly CellText[])[],
  types: readonly ColumnType[],
  options: Partial<CsvOptions> = {},
): Promise<string> {
  const columns = types.map((type, place) => ({ source: `c${place}`, header: `c${place}`, type }));
  const batches = (async function* () {
    yield rows.slice(0, 1);
    yield rows.slice(1);
  })();
  const chunks = await Array.fromAsync(
    csv.encode(
      { name: 'test', columns, rows: batches },
      csv.options.parse(options),
      fileContext({ title: 'test' }),
    ),
  );
  return Buffer.concat(chunks).toString();
}

describe('a CSV file', () => {
  it('tells null, which is nothing, from an empty text, which is quoted', async () => {
    expect(await write([[null, '', 'a']], ['text', 'text', 'text'])).toBe('c0,c1,c2\n,"",a\n');
  });

  it('quotes what holds a delimiter, a quote or a line end, and nothing else', async () => {
    const rows = [['a,b', 'say "hi"', 'two\nlines', 'cr\r', ' plain ; text ']];
    expect(await write(rows, ['text', 'text', 'text', 'text', 'text'], { header: false })).toBe(
      '"a,b","say ""hi""","two\nlines","cr\r", plain ; text \n',
    );
  });

  it('writes the delimiter, line end, byte order mark and quotes that were asked for', async () => {
    const options = { delimiter: ';', lineEnd: 'crlf', bom: true, quotes: 'all' } as const;
    expect(await write([['1', null]], ['integer', 'text'], options)).toBe('\uFEFF"c0";"c1"\r\n"1";\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'keeps %j from running as a formula',
    async (cell) => {
      const text = await write([[cell]], ['text'], { header: false });
      expect(Papa.parse(text, { newline: '\n' }).data[0]).toEqual([`'${cell}`]);
    },
  );

  it('leaves numbers, and with the guard off every cell, as they are', async () => {
    expect(await write([['-1', '-2.50']], ['integer', 'decimal'], { header: false })).toBe('-1,-2.50\n');
    expect(await write([['=1']], ['text'], { header: false, formulaGuard: false })).toBe('=1\n');
  });

  it('guards a header as it guards a cell', async () => {
    const columns = [{ source: 'a', header: '=cmd()', type: 'integer' as const }];
    const none = (async function* () {})();
    const chunks = await Array.fromAsync(
      csv.encode(
        { name: 'test', columns, rows: none },
        csv.options.parse({}),
        fileContext({ title: 'test' }),
      ),
    );
    expect(Buffer.concat(chunks).toString()).toBe("'=cmd()\n");
  });

  it('is read back by another reader as it was written, whatever the cells', async () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"', '\n', '\r\n', ',', ';', '""'));
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });
    const delimiter = fc.constantFrom(...([',', ';', '\t', '|'] as const));
    await fc.assert(
      fc.asyncProperty(rows, delimiter, fc.constantFrom('minimal', 'all'), async (cells, mark, quotes) => {
        const options = { delimiter: mark, quotes, formulaGuard: false, header: false } as const;
        const text = await write(cells, ['text', 'text', 'text'], options);
        const { data } = Papa.parse(text.slice(0, -1), { delimiter: mark, newline: '\n' });
        expect(data).toEqual(cells);
      }),
    );
  });

  it('refuses options that it does not have', () => {
    expect(csv.options.safeParse({ delimiter: '~' }).success).toBe(false);
    expect(csv.options.safeParse({ encoding: 'latin1' }).success).toBe(false);
  });
});
