import { describe, expect, it } from 'vitest';
import { columnNames } from '#connectors/column-names.ts';
import { bodyOf, checkOf, readAll } from '#tests/connectors/reading.ts';

async function firstRow(text: string, config: Record<string, unknown> = {}) {
  const { values, pages } = await readAll('csv', { upload: 'file', ...config }, bodyOf([text]));
  return { first: values[0], columns: pages[0]?.columns };
}

describe('the delimiter', () => {
  it.each([',', ';', '\t', '|'])('%j is guessed', async (delimiter) => {
    const text = [
      ['id', 'name', 'note'],
      ['1', 'a', 'x y'],
      ['2', 'b', 'z'],
    ]
      .map((row) => row.join(delimiter))
      .join('\n');
    expect((await firstRow(text)).first).toEqual({ id: '1', name: 'a', note: 'x y' });
  });

  it('is the even one where text holds another', async () => {
    const { first } = await firstRow('id;text\n1;"a, b, c"\n2;d, e\n3;f\n');
    expect(first).toEqual({ id: '1', text: 'a, b, c' });
  });

  it('of a file with one column is of no matter', async () => {
    expect((await firstRow('name\nalpha beta\ngamma\n')).first).toEqual({ name: 'alpha beta' });
  });

  it('that is given is not guessed', async () => {
    expect((await firstRow('a;b\n1;2\n', { delimiter: ',' })).first).toEqual({ 'a;b': '1;2' });
  });
});

describe('the quote', () => {
  it("is ' where only that stands around cells", async () => {
    expect((await firstRow("'id','text'\n'1','it''s, well'\n")).first).toEqual({
      id: '1',
      text: "it's, well",
    });
  });

  it('is " where apostrophes are only text', async () => {
    expect((await firstRow("id,text\n1,it's\n")).first).toEqual({ id: '1', text: "it's" });
  });
});

describe('the header', () => {
  it.each([
    ['id,name\n1,a\n', ['id', 'name']],
    ['1,a\n2,b\n', ['column_1', 'column_2']],
    ['country,2019,2020\nFrance,1,2\n', ['country', '2019', '2020']],
    ['name,city\nalpha,beta\n', ['name', 'city']],
    ['1,a\n', ['1', 'a']],
  ])('of %j is guessed', async (text, columns) => {
    // Years as names look like data; say so there.
    const config = text.startsWith('country') ? { header: true } : {};
    expect((await firstRow(text, config)).columns).toEqual(columns);
  });

  it('may be said to be missing', async () => {
    const { first, columns } = await firstRow('id,name\n1,a\n', { header: false });
    expect(columns).toEqual(['column_1', 'column_2']);
    expect(first).toEqual({ column_1: 'id', column_2: 'name' });
  });

  it.each([
    [
      ['a', 'a', 'a_2', 'a'],
      ['a', 'a_3', 'a_2', 'a_4'],
    ],
    [
      ['', 'x', ''],
      ['column_1', 'x', 'column_3'],
    ],
    [
      ['', 'column_1'],
      ['column_1_2', 'column_1'],
    ],
    [
      [' id ', 'ID', 'näme', '"q"'],
      [' id ', 'ID', 'näme', '"q"'],
    ],
    [
      ['__proto__', 'constructor'],
      ['__proto___2', 'constructor'],
    ],
  ])('%j gives the names %j, none of them twice', (header, names) => {
    expect(columnNames(header)).toEqual(names);
  });

  it('of more columns than any table has is refused', async () => {
    await expect(firstRow(','.repeat(10_000))).rejects.toMatchObject({
      message: expect.stringContaining('10001 columns'),
    });
  });

  it('alone is a complete file with no rows', async () => {
    const { pages } = await readAll('csv', { upload: 'file' }, bodyOf(['id,name\n']));
    expect(pages).toEqual([{ rows: [], columns: ['id', 'name'], cursor: { records: 0 }, complete: true }]);
  });
});

describe('the check', () => {
  it('says what was found, and reads no further than it must', async () => {
    const body = bodyOf(['id;name;c;d;e;f\n', '1;a;;;;\n'.repeat(20_000), '\u0000'.repeat(10)]);
    expect(await checkOf('csv', { upload: 'file' }, body)).toBe(
      'CSV with 6 columns (delimiter ;) and a header: id, name, c, d, e, ….',
    );
    expect(body.isClosed()).toBe(true);
  });

  it('says that a header has no rows below it', async () => {
    expect(await checkOf('csv', { upload: 'file' }, bodyOf(['id,name\n']))).toContain(
      'There are no rows in it.',
    );
  });
});
