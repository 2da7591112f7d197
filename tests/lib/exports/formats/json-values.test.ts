import { describe, expect, it } from 'vitest';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { ndjson } from '#lib/exports/formats/ndjson.ts';

async function write(type: ColumnType, cell: CellText, options: object): Promise<string> {
  const columns = [
    { source: 'id', header: 'id', type: 'integer' as const },
    { source: 'v', header: 'v', type },
  ];
  const rows = (async function* () {
    yield [['1', cell]];
  })();
  const file = ndjson.encode(
    { name: 'test', columns, rows },
    ndjson.options.parse(options),
    fileContext({ title: 'test' }),
  );
  return Buffer.concat(await Array.fromAsync(file)).toString();
}

describe('a value in JSON', () => {
  it.each<[ColumnType, CellText, object, string]>([
    ['timestamp', '2026-01-31T23:00:00.5Z', { dates: 'unix' }, '1769900400.5'],
    ['date', '2026-01-31', { dates: 'unix' }, '1769817600'],
    ['timestamp', 'infinity', { dates: 'unix' }, '"infinity"'],
    ['timestamp', '2026-01-31T23:00:00.5Z', { timeZone: 'Europe/Berlin' }, '"2026-02-01T00:00:00.5+01:00"'],
    [
      'timestamp',
      '2026-01-31T23:00:00Z',
      { dates: 'pattern', timestampFormat: '["]DD.MM.YYYY' },
      '"\\"31.01.2026"',
    ],
    ['date', '2026-01-31', { dates: 'pattern', dateFormat: 'D. MMMM YYYY' }, '"31. January 2026"'],
    ['date', '2026-01-31', { dates: 'pattern', timestampFormat: 'YYYY' }, '"2026-01-31"'],
    ['text', null, { nulls: 'empty' }, '""'],
    ['integer', null, { nulls: 'empty' }, '""'],
    ['text', null, { nulls: 'include' }, 'null'],
    ['json', '[1.10,"a"]', { arrays: 'expand' }, '[1.10,"a"]'],
    ['json', '[1.10,"a"]', { arrays: 'stringify' }, '"[1.10,\\"a\\"]"'],
    ['json', 'null', { nulls: 'exclude' }, 'null'],
  ])('%s %s with %j is %s', async (type, cell, options, written) => {
    expect(await write(type, cell, options)).toBe(`{"id":1,"v":${written}}\n`);
  });

  it('is left out where there is none, if asked to', async () => {
    expect(await write('text', null, { nulls: 'exclude' })).toBe('{"id":1}\n');
    expect(await write('text', '', { nulls: 'exclude' })).toBe('{"id":1,"v":""}\n');
  });

  it.each([{ dates: 'pattern' }, { dateFormat: 'YYYY' }, { dates: 'unix', timestampFormat: 'YYYY' }])(
    'is not said how with %j alone',
    (options) => {
      const { error } = ndjson.options.safeParse(options);
      expect(error?.issues.map(({ path }) => path)).toEqual([['dates']]);
    },
  );
});
