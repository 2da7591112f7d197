import { describe, expect, it } from 'vitest';
import { failure, read } from './text.ts';

describe('an answer that says that something went wrong', () => {
  it.each([
    ['{"rows":[{"a":1}],"error":"quota exceeded"}', {}, 'quota exceeded'],
    ['{"error":{"message":"bad key"},"rows":[{"a":1}]}', {}, 'bad key'],
    ['{"rows":[],"errors":[{"message":"partial"}]}', {}, 'partial'],
    ['{"rows":[],"error":true}', {}, 'true'],
    ['{"rows":[],"error":1.10}', {}, '1.10'],
    ['{"rows":[],"status":{"text":"denied"}}', { errorPath: 'status.text' }, 'denied'],
    ['Rate limit exceeded.', {}, 'a text instead of rows: "Rate limit exceeded."'],
    ['"Internal error"', {}, 'a text instead of rows: "Internal error"'],
    ['Nullable', {}, '"Nullable"'],
  ])('is an error: %s', async (text, config, message) => {
    expect(await failure(text, { rowsPath: 'rows', ...config })).toContain(message);
  });

  it.each([
    ['{"rows":[{"a":1}],"error":null,"errors":[]}'],
    ['{"error":"","errors":{},"rows":[{"a":1}]}'],
    ['{"error":false,"errors":0,"rows":[{"a":1}],"message":"all is well","rows2":1}'],
    ['{"meta":{"error":"of something else"},"rows":[{"a":1}]}'],
  ])('is none where it says that all is well: %s', async (text) => {
    expect((await read(text, { rowsPath: 'rows', errorPath: 'status.text' })).values).toEqual([{ a: 1 }]);
  });

  it('may hold rows at such a name', async () => {
    expect((await read('{"errors":[{"a":1}]}', { rowsPath: 'errors' })).values).toEqual([{ a: 1 }]);
  });
});
