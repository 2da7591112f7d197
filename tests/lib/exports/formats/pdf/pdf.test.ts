import { describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { encode, type Read, read } from './arrange.ts';

const columns = { sku: 'text', name: 'text', quantity: 'integer', amount: 'decimal', day: 'date' } as const;

const cells: CellText[][] = [
  ['00501', 'Žluťoučký kůň & <b>"x"</b>', '9007199254740993', '0.10', '0001-01-01'],
  ['A-2', 'Ελληνικά Кириллица', '-9223372036854775808', '-123456789012345678901234567890.12', '9999-12-31'],
  ['=1+1', '100 € → 😀', '0', '12.000', null],
];

/** The lines of the pages between the headings and the foot, blanks made one. */
function rowsIn({ pages }: Read): string[] {
  const lines = pages.flatMap((page) => page.split('\n')).map((line) => line.trim().split(/\s+/).join(' '));
  return lines.filter((line) => /^row\d/.test(line));
}

describe('a PDF', () => {
  it('has every cell, in its row and in the order of the columns', async () => {
    const rows = Array.from({ length: 200 }, (_, place) => [`row${place}`, ...(cells[place % 3] ?? [])]);
    const { bytes, notes } = await encode({ columns: { row: 'text', ...columns }, rows });
    const written = rows.map((row) => row.filter((cell) => cell !== null).join(' '));
    expect(rowsIn(await read(bytes))).toEqual(written);
    expect(notes).toEqual([]);
  });

  it('has its title, its headings and which page it is of how many on each page', async () => {
    const rows = Array.from({ length: 150 }, (_, place) => [`row${place}`, '1']);
    const { pages, title } = await read(
      (await encode({ columns: { sku: 'text', quantity: 'integer' }, rows, title: 'Stock — Lager „Süd“' }))
        .bytes,
    );
    expect(pages.length).toBeGreaterThan(2);
    for (const [place, page] of pages.entries()) {
      expect(page).toContain('Stock — Lager „Süd“');
      expect(page).toMatch(/sku +quantity/);
      expect(page).toMatch(new RegExp(`Page ${place + 1} of\\s+${pages.length}\\n`));
    }
    expect(title).toBe('Stock — Lager „Süd“');
  });

  it('takes a title and a foot of its own, and leaves the page numbers out', async () => {
    const options = { title: 'Count of May', footer: 'For the warehouse', pageNumbers: false };
    const { pages, title } = await read((await encode({ columns, rows: [], options })).bytes);
    expect(pages[0]).toMatch(/Count of May.*No rows.*For the warehouse/s);
    expect(pages[0]).not.toMatch(/Page|A title/);
    expect(title).toBe('Count of May');
  });

  it('lines numbers up at the right, and everything else at the left', async () => {
    const rows = [
      ['ab', '1', '1.5'],
      ['abcdef', '-1000000', '12345.25'],
    ];
    const { bytes } = await encode({
      columns: { name: 'text', quantity: 'integer', amount: 'decimal' },
      rows,
    });
    const { words } = await read(bytes);
    const wordOf = (text: string) => words.find((word) => word.text === text);
    expect(wordOf('1')?.right).toBeCloseTo(wordOf('-1000000')?.right ?? 0, 1);
    expect(wordOf('1.5')?.right).toBeCloseTo(wordOf('12345.25')?.right ?? 0, 1);
    expect(wordOf('quantity')?.right).toBeCloseTo(wordOf('1')?.right ?? 0, 1);
    expect(wordOf('ab')?.left).toBeCloseTo(wordOf('abcdef')?.left ?? 0, 1);
  });

  it('goes on in the next line where a text is long, and cuts and notes what is longer still', async () => {
    const long = Array.from({ length: 300 }, (_, place) => `word${place}`).join(' ');
    const rows = [
      ['short', 'one\ntwo\r\nthree'],
      ['long', long],
      ['unbroken', 'x'.repeat(2_000)],
    ];
    const { bytes, notes } = await encode({ columns: { name: 'text', text: 'text' }, rows });
    const [page = ''] = (await read(bytes)).pages;
    expect(page).toMatch(/short +one\n +two\n +three\n/);
    expect(page).toMatch(/long +word0 word1 [^\n]*\n +word[^\n]*\n +word[^\n]*…\n *unbroken/);
    expect(page).toMatch(/unbroken +x+\n +x+\n +x+…\n/);
    expect(notes.map(([kind, header, cell]) => [kind, header, cell.length])).toEqual([
      ['cut', 'text', long.length],
      ['cut', 'text', 2_000],
    ]);
  });

  it('never puts a row across two pages, however many lines it has', async () => {
    const text = Array.from({ length: 40 }, (_, place) => `line${place}`).join('\n');
    const rows = Array.from({ length: 12 }, (_, place) => [`row${place}`, text]);
    const options = { lines: 20, fontSize: 16, paper: 'a5', orientation: 'landscape', margin: 20 };
    const { words, height } = await read(
      (await encode({ columns: { row: 'text', text: 'text' }, rows, options })).bytes,
    );
    const rowPages = words.filter(({ text: each }) => each.startsWith('row') && each !== 'row');
    expect(rowPages.map(({ page }) => page)).toEqual(rows.map((_, place) => place + 1));
    expect(Math.max(...words.map(({ top }) => top))).toBeLessThan(height);
  });

  it('has a row below its headings on each page, in smaller letters where the paper is low', async () => {
    const heading = 'a heading that goes on and on, further than three lines of large letters have room';
    const rows = Array.from({ length: 4 }, (_, place) => [`row${place}`, 'x']);
    const options = { fontSize: 16, paper: 'a5', orientation: 'landscape', margin: 50, footer: 'foot' };
    const title = 'A title that has two lines as well, because it goes on and on over the page and below';
    const { pages } = await read(
      (await encode({ columns: { [heading]: 'text', text: 'text' }, rows, options, title })).bytes,
    );
    for (const page of pages) expect(page).toMatch(/heading.*row\d +x\n.*foot +Page/s);
    expect(pages.join('').match(/row\d/g)).toEqual(['row0', 'row1', 'row2', 'row3']);
  });

  it('begins a text of a million letters, of whatever direction, and cuts the rest', async () => {
    const texts = ['x'.repeat(1_000_000), 'مرحبا '.repeat(170_000), 'ש'.repeat(1_000_000)];
    const { bytes, notes } = await encode({
      columns: { row: 'text', text: 'text' },
      rows: texts.map((text, place) => [`row${place}`, text]),
    });
    const { words } = await read(bytes);
    expect(words.filter(({ text }) => /^row\d$/.test(text)).map(({ page }) => page)).toEqual([1, 1, 1]);
    expect(notes.map(([kind, , cell]) => [kind, cell.length])).toEqual(
      texts.map((text) => ['cut', text.length]),
    );
  });

  it.each([100, 101])('has its pages in their order: %i', async (count) => {
    const rows = Array.from({ length: count }, (_, place) => [`row${place}`, '1\n2\n3\n4\n5\n6']);
    const options = { fontSize: 16, paper: 'a5', orientation: 'landscape', margin: 20, lines: 6 };
    const { pages } = await read(
      (await encode({ columns: { row: 'text', text: 'text' }, rows, options })).bytes,
    );
    expect(pages.length).toBe(count);
    for (const [place, page] of pages.entries())
      expect(page).toMatch(new RegExp(`row${place} .*of +${count}\n`, 's'));
  });

  it('is read from right to left where it is written so', async () => {
    const texts = ['שלום עולם', 'مرحبا بالعالم', 'The word שלום within'];
    const rows = texts.map((text, place) => [`row${place}`, text, `${place}`]);
    const { bytes, notes } = await encode({ columns: { row: 'text', text: 'text', n: 'integer' }, rows });
    // Where the directions meet, the reader takes the blank between them for another.
    const letters = (line: string) => line.replaceAll(/[\s\u202A-\u202E]/g, '');
    expect(rowsIn(await read(bytes)).map(letters)).toEqual(rows.map((row) => letters(row.join(' '))));
    expect(notes).toEqual([]);
  });

  it('notes the cells with letters that its font has not, and shows that they are there', async () => {
    const rows = [['日本 ok'], ['ok'], ['a\u0001b'], ['zero\u200Bwidth']];
    const { bytes, notes } = await encode({ columns: { text: 'text' }, rows });
    const [page = ''] = (await read(bytes)).pages;
    expect(page).toContain('\uFFFD\uFFFD ok');
    expect(page).toContain('a\uFFFDb');
    expect(page).toContain('zerowidth');
    expect(notes).toEqual([
      ['replaced', 'text', '日本 ok'],
      ['replaced', 'text', 'a\u0001b'],
    ]);
  });

  it('holds of its fonts only the letters that it needs', async () => {
    const { bytes } = await encode({ columns, rows: cells });
    expect(bytes.length).toBeLessThan(60_000);
  });

  it('ends with the error of its rows, and is not whole', async () => {
    const failing = (async function* () {
      yield Array.from({ length: 5_000 }, () => cells[0] ?? []);
      throw new Error('the connection is gone');
    })();
    await expect(encode({ columns, rows: failing })).rejects.toThrow('the connection is gone');
  });
});

describe('the totals of a PDF', () => {
  const rows = [
    ['a', '9007199254740993', '0.10', null],
    ['b', '1', '0.20', '-1'],
    ['c', null, '12345678901234567890.005', null],
  ];
  const numbers = { name: 'text', quantity: 'integer', amount: 'decimal', fee: 'decimal' } as const;

  it.each([
    ['none', undefined],
    ['decimals', 'Total 12345678901234567890.305 -1'],
    ['numbers', 'Total 9007199254740994 12345678901234567890.305 -1'],
  ])('are exact: %s', async (totals, expected) => {
    const { pages } = await read((await encode({ columns: numbers, rows, options: { totals } })).bytes);
    const line = pages[0]?.split('\n').find((each) => each.includes('Total'));
    expect(line?.trim().split(/\s+/).join(' ')).toBe(expected);
  });

  it('are no number where a cell is none', async () => {
    const options = { totals: 'decimals' };
    const amounts = [
      ['x', 'NaN'],
      ['y', '1'],
    ];
    const { pages } = await read(
      (await encode({ columns: { name: 'text', amount: 'decimal' }, rows: amounts, options })).bytes,
    );
    expect(pages[0]).toMatch(/Total +NaN\n/);
  });
});

describe('the paper of a PDF', () => {
  const many = (count: number, text = 'some text') => {
    const names = Array.from({ length: count }, (_, place) => [`column ${place}`, 'text'] as const);
    return { columns: Object.fromEntries(names), rows: [names.map(() => text)] };
  };
  const sizeOf = async (written: Parameters<typeof encode>[0]) => {
    const { width, height } = await read((await encode(written)).bytes);
    return [Math.round(width), Math.round(height)];
  };

  it('is turned where the columns need it, unless told otherwise', async () => {
    expect(await sizeOf(many(3))).toEqual([595, 842]);
    expect(await sizeOf(many(14))).toEqual([842, 595]);
    expect(await sizeOf(many(9, 'a street\na town\na country'))).toEqual([595, 842]);
    expect(await sizeOf({ ...many(14), options: { orientation: 'portrait' } })).toEqual([595, 842]);
    expect(await sizeOf({ ...many(3), options: { orientation: 'landscape' } })).toEqual([842, 595]);
  });

  it('has the size that was asked for', async () => {
    expect(await sizeOf({ ...many(3), options: { paper: 'letter' } })).toEqual([612, 792]);
    expect(await sizeOf({ ...many(3), options: { paper: 'a3' } })).toEqual([842, 1191]);
  });

  it('holds every column within its margins', async () => {
    for (const count of [1, 5, 20, 40]) {
      const { words, width } = await read((await encode(many(count))).bytes);
      expect(words.filter(({ left, right }) => left < 34 || right > width - 33.9)).toEqual([]);
      expect(words.filter(({ text }) => text === 'some').length).toBe(count);
    }
  });

  it('that cannot hold the columns is refused, saying what to do', async () => {
    await expect(encode(many(100))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/100 columns .* fewer columns, larger paper or landscape/),
    });
  });
});
