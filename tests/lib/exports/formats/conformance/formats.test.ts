import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import type { RowBatches } from '#lib/exports/formats/contract.ts';
import { encode, type FormatChoice, formatChoice, formats } from '#lib/exports/formats/registry.ts';
import { type Reading, readings } from './readers.ts';
import { columns, worstRows } from './rows.ts';

const BATCH_ROWS = 500;

async function* batches(rows: readonly (readonly CellText[])[]): RowBatches {
  for (let at = 0; at < rows.length; at += BATCH_ROWS) yield rows.slice(at, at + BATCH_ROWS);
}

function write(type: string, options: object, rows: RowBatches): AsyncGenerator<Uint8Array> {
  const choice = formatChoice.parse({ type, options });
  return encode(choice, { name: 'test', columns, rows }, fileContext({ title: 'test' }));
}

function throughFormat(reading: Extract<Reading, { read: unknown }>, rows: CellText[][]): CellText[][] {
  return rows.map((row) =>
    row.map((cell, place) => {
      const change = reading.expected?.[columns[place]?.type ?? 'text'];
      return cell === null || !change ? cell : change(cell);
    }),
  );
}

const types = Object.keys(formats) as FormatChoice['type'][];

describe.each(types)('%s', (type) => {
  const reading = readings[type];
  const read = 'read' in reading ? reading : undefined;

  it('is read back by another program value for value, or says why not', async () => {
    if (!read) return expect(reading).toEqual({ except: expect.stringMatching(/\w{3}/) });
    const rows = worstRows(5_000);
    const file = Buffer.concat(await Array.fromAsync(write(type, read.options, batches(rows))));
    const found = await read.read(file);
    expect(found).toHaveLength(rows.length);
    const differing = throughFormat(read, rows).map((row, at) => ({ row, found: found[at] }));
    expect(differing.filter((each) => !isDeepStrictEqual(each.row, each.found)).slice(0, 3)).toEqual([]);
  });

  it.each([0, 1, BATCH_ROWS - 1, BATCH_ROWS, BATCH_ROWS + 1])('holds %i rows', async (count) => {
    const rows = worstRows(count);
    const file = Buffer.concat(await Array.fromAsync(write(type, read?.options ?? {}, batches(rows))));
    if (read) expect(await read.read(file)).toHaveLength(count);
    else expect(file.length).toBeGreaterThan(0);
  });

  it('ends with the error of its rows', async () => {
    const broken = (async function* () {
      yield* batches(worstRows(BATCH_ROWS * 2));
      throw new Error('the rows broke');
    })();
    await expect(Array.fromAsync(write(type, {}, broken))).rejects.toThrow('the rows broke');
  });

  it('ends its rows when nobody reads it further', async () => {
    let begun = false;
    let ended = false;
    const rows = worstRows(BATCH_ROWS);
    const endless = (async function* () {
      try {
        begun = true;
        for (;;) yield rows;
      } finally {
        ended = true;
      }
    })();
    for await (const _ of write(type, {}, endless)) if (begun) break;
    await expect.poll(() => ended).toBe(true);
  });
});
