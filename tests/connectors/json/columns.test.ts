import { describe, expect, it } from 'vitest';
import { bodyOf, readAll } from '#tests/connectors/reading.ts';
import { everywhere, failure, read } from './text.ts';

describe('rows laid out by columns', () => {
  const layout = { layout: 'columns' };

  it.each([
    ['{"id":[1,2],"name":["a",null]}', {}],
    ['{"meta":{"n":2},"data":{"cols":{"id":[1,2],"name":["a",null]}}}', { rowsPath: 'data.cols' }],
  ])('are put together: %s', async (text, config) => {
    const expected = [
      { id: 1, name: 'a' },
      { id: 2, name: null },
    ];
    expect((await read(text, { ...layout, ...config })).values).toEqual(expected);
    expect((await read(text, { ...layout, ...config }, everywhere)).values).toEqual(expected);
  });

  it('keep every digit, and names like any other', async () => {
    const { values } = await read('{"id":[12345678901234567890],"price":[1.10],"error":[null]}', layout);
    expect(JSON.stringify(values)).toBe('[{"id":12345678901234567890,"price":1.10,"error":null}]');
  });

  it('may be none', async () => {
    for (const text of ['{}', '{"id":[],"name":[]}']) expect((await read(text, layout)).values).toEqual([]);
  });

  it.each([
    [
      '{"id":[1,2],"name":["a"]}',
      {},
      'not equally long, so that their rows cannot be told: "id" has 2, "name" has 1',
    ],
    ['{"id":[1],"name":"a"}', {}, 'has no array for the column "name"'],
    ['[{"id":1}]', {}, 'no object with an array for each column'],
    ['{"data":null}', { rowsPath: 'data' }, '"data" is no object with an array for each column'],
    ['{"id":[1', {}, 'malformed or breaks off'],
    ['', {}, 'is empty'],
    ['{"error":"no","data":{}}', { rowsPath: 'data' }, 'holds an error'],
  ])('are refused where they cannot be told: %s', async (text, config, message) => {
    expect(await failure(text, { ...layout, ...config })).toContain(message);
  });

  it('are refused past 32 MB, which are not read to their end', async () => {
    let taken = 0;
    function* chunks() {
      yield Buffer.from('{"id":["');
      for (; taken < 300; taken += 1) yield Buffer.alloc(1_000_000, 'x');
    }
    const body = bodyOf(chunks());
    await expect(readAll('json', { upload: 'file', ...layout }, body)).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining('32 MB'),
    });
    expect(taken).toBeLessThan(40);
  });
});
