import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, checkOf, readAll } from '#tests/connectors/reading.ts';
import { everywhere, failure, read } from './text.ts';

describe('rows of a JSON document', () => {
  it.each([
    ['an array', '[{"a":1},{"a":2}]', {}],
    ['an array with a byte order mark', '\ufeff [ {"a":1} , {"a":2} ] ', {}],
    [
      'a path',
      '{"total":2,"data":{"x":[1,{"items":[]}],"items":[{"a":1},{"a":2}]},"z":{"items":3}}',
      { rowsPath: 'data.items' },
    ],
    ['a path of escaped names', '{"d\\u0061ta":[{"a":1},{"a":2}]}', { rowsPath: 'data' }],
    ['NDJSON', '{"a":1}\n\n{"a":2}', {}],
    ['NDJSON in CRLF', '{"a":1}\r\n{"a":2}\r\n', {}],
  ])('are found in %s, from one chunk and from chunks of a byte', async (_name, text, config) => {
    expect((await read(text, config)).values).toEqual([{ a: 1 }, { a: 2 }]);
    expect((await read(text, config, everywhere)).values).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('equal what JSON.parse reads, for any rows, spacing, siblings and chunk borders', async () => {
    const row = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    const cuts = fc.array(fc.nat({ max: 4_000 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 8 }),
        fc.jsonValue(),
        fc.constantFrom(undefined, 2),
        cuts,
        async (rows, beside, space, at) => {
          const text = JSON.stringify({ beside, 'a b': { rows, after: beside } }, null, space);
          const found = await read(text, { rowsPath: 'a b.rows' }, at);
          expect(JSON.stringify(found.values)).toBe(JSON.stringify(rows));
          expect(found.pages.at(-1)?.complete).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keep numbers that JavaScript cannot hold', async () => {
    const text =
      '[{"id":12345678901234567890,"price":1.10,"big":1e400,"zero":-0.0,"plain":12.5,"at":"1.10"}]';
    const { values } = await read(text);
    expect(JSON.stringify(values)).toBe(text);
    expect(values[0]?.plain).toBe(12.5);
  });

  it('carry the line on which they begin', async () => {
    const { rows } = await read('{\n "rows": [\n  {"a": 1},\n  {\n   "a": 2\n  }\n ]\n}', {
      rowsPath: 'rows',
    });
    expect(rows.map(({ line }) => line)).toEqual([3, 4]);
    const lines = await read('{"a":1}\n\n{"a":2}\n');
    expect(lines.rows.map(({ line }) => line)).toEqual([1, 3]);
  });

  it('may be none', async () => {
    expect((await read('[]')).pages).toEqual([{ rows: [], cursor: { records: 0 }, complete: true }]);
    expect((await read('', { format: 'ndjson' })).pages).toEqual([
      { rows: [], cursor: { records: 0 }, complete: true },
    ]);
  });

  it('are set aside where they are no objects', async () => {
    const { pages, values } = await read('[{"a":1}, 5, null, [1], "x", true, 1.10]');
    expect(values).toEqual([{ a: 1 }]);
    expect(pages[0]?.broken?.map(({ reason }) => reason)).toEqual([
      'row 2 is a number, not an object',
      'row 3 is null, not an object',
      'row 4 is an array, not an object',
      'row 5 is a string, not an object',
      'row 6 is a boolean, not an object',
      'row 7 is a number, not an object',
    ]);
  });

  it('of NDJSON are set aside where a line is no JSON', async () => {
    const { pages, values } = await read('{"a":1}\n{"a":\n{"a":3}\n', { format: 'ndjson' });
    expect(values).toEqual([{ a: 1 }, { a: 3 }]);
    expect(pages[0]?.broken).toEqual([{ line: 2, reason: 'the line is not JSON', raw: '{"a":' }]);
  });

  it.each(['1', '1.10'])(
    'of NDJSON are set aside where a line is nested without end, around %s',
    async (core) => {
      const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${core}${']'.repeat(levels - 1)}}\n`;
      const { pages, values } = await read([500, 501, 100_000].map(nested).join(''), { format: 'ndjson' });
      expect(values).toHaveLength(1);
      const reason = 'the line is nested more than 500 levels deep';
      expect(pages[0]?.broken).toMatchObject([
        { line: 2, reason },
        { line: 3, reason },
      ]);
    },
  );
});

describe('a path that finds nothing', () => {
  it.each([
    [
      '{"total":1,"data":{"rows":[],"n":2}}',
      'data.items',
      'The path "data.items" finds nothing: "data" has no "items". Its keys are: rows (an array), n.',
    ],
    [
      '{"data":[],"x":1}',
      undefined,
      'There is no array of rows: the document is an object. Its keys are: data (an array), x.',
    ],
    ['{"data":{"a":1}}', 'data', 'There is no array of rows: "data" is an object. Its keys are: a.'],
    [
      '{"data":null}',
      'data.items',
      'The path "data.items" finds nothing: "data" is neither an object nor an array.',
    ],
    ['[{"items":[]}]', 'items', 'The path "items" finds nothing: the document is an array.'],
    ['17', undefined, 'There is no array of rows: the document is neither an object nor an array.'],
    ['{}', 'a', 'The path "a" finds nothing: the document has no "a". It is empty.'],
    ['{"error":"quota exceeded","code":7}', undefined, 'The answer says: "quota exceeded"'],
    ['{"error":{"message":"bad key"}}', 'data', 'The answer says: {"message":"bad key"}'],
  ])('in %s is an error that says what is there', async (text, rowsPath, message) => {
    expect(await failure(text, rowsPath === undefined ? {} : { rowsPath })).toContain(message);
  });

  it('in an object of a million names names twelve', async () => {
    const many = `{${Array.from({ length: 1_000 }, (_, index) => `"k${index}":1`).join(',')}}`;
    expect(await failure(many)).toMatch(/k0, k1, .*k11, ….$/);
  });
});

describe('JSON that is malformed or cut', () => {
  it.each([
    ['[{"a":1},', 'breaks off at byte 9'],
    ['[{"a":1}', 'breaks off at byte 8'],
    ['[{"a":"x', 'breaks off at byte 8'],
    ['{"a":[{"b":1}]', 'breaks off at byte 14'],
    ['[{"a":1},]', 'unexpected "]" at byte 9'],
    ['[{"a":1} {"a":2}]', 'unexpected "{" at byte 9'],
    ['[{"a":1}}', 'unexpected "}" at byte 8'],
    ['[{"a":1},\n{"a":tru}]', 'malformed in row 2, which begins on line 2'],
    ['=1', 'unexpected "=" at byte 0 (line 1)'],
    ['[] x', 'unexpected "x" at byte 3'],
    ['[]\n[]', 'set the format to ndjson'],
  ])('%j is an error with its place', async (text, message) => {
    const config = text.startsWith('{') ? { rowsPath: 'a' } : {};
    expect(await failure(text, config)).toContain(message);
  });

  it('is never complete, wherever it is cut', async () => {
    const text = '{"n":1,"rows":[{"a":"x\\"]"},{"a":[1,2]}],"m":{"k":[]}}';
    for (let length = 1; length < text.length; length += 1) {
      await expect(read(text.slice(0, length), { rowsPath: 'rows' })).rejects.toMatchObject({
        code: 'DATA_ERROR',
      });
    }
    expect((await read(text, { rowsPath: 'rows' })).values).toHaveLength(2);
  });

  it('is refused where it is nested without end', async () => {
    expect(await failure(`[{"a":${'['.repeat(10_000)}`)).toContain('nested more than 500 levels');
  });
});

describe('a value of 300 MB', () => {
  const cases = [
    ['a row', '[{"a":"', {}],
    ['a string as a row', '["', {}],
    ['a name', '{"', { rowsPath: 'x' }],
    ['a line', '{"a":"', { format: 'ndjson' }],
  ] as const;
  it.each(cases)('as %s is refused after 8 MB', async (_name, start, config) => {
    let taken = 0;
    function* chunks() {
      yield Buffer.from(start);
      for (let index = 0; index < 300; index += 1) {
        taken += 1_000_000;
        yield Buffer.alloc(1_000_000, 'x');
      }
    }
    const body = bodyOf(chunks());
    await expect(readAll('json', { upload: 'file', ...config }, body)).rejects.toMatchObject({
      code: 'DATA_ERROR',
      message: expect.stringContaining('longer than 8 MB'),
    });
    expect(taken).toBeLessThan(15_000_000);
    expect(body.isClosed()).toBe(true);
  });

  it('beside the path passes by', async () => {
    function* chunks() {
      yield Buffer.from('{"blob":"');
      for (let index = 0; index < 100; index += 1) yield Buffer.alloc(1_000_000, 'x');
      yield Buffer.from('","rows":[{"a":1}]}');
    }
    const { values } = await readAll('json', { upload: 'file', rowsPath: 'rows' }, bodyOf(chunks()));
    expect(values).toEqual([{ a: 1 }]);
  });
});

describe('the check', () => {
  it.each([
    ['[{"a":1,"b":2}]', {}, 'JSON array: its first row has 2 fields, a, b.'],
    ['{"d":{"r":[{"a":1}]}}', { rowsPath: 'd.r' }, 'JSON with rows at "d.r": its first row has 1 field, a.'],
    ['{"a":1}\n{"a":2}\n', {}, 'NDJSON: its first row has 1 field, a.'],
    ['[]', {}, 'JSON array, without any rows in it.'],
  ])('of %s says what was found', async (text, config, sentence) => {
    const body = bodyOf([text]);
    expect(await checkOf('json', { upload: 'file', ...config }, body)).toBe(sentence);
    expect(body.isClosed()).toBe(true);
  });
});
