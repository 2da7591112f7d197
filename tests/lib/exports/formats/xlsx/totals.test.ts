import { describe, expect, it } from 'vitest';
import { parts, write } from './orders.ts';
import { elements, readSheets } from './read-workbook.ts';
import { tableOf, writeWorkbook } from './write-workbook.ts';

describe('totals', () => {
  it('stand below the last row, as formulas', async () => {
    const totals = [{ column: 'quantity' }, { column: 'sku', function: 'count' as const }];
    const { Orders } = await readSheets(await write({ totals }));
    expect(Orders?.A7?.value).toBe('Total');
    expect(Orders?.B7?.formula).toBe("COUNTA('Orders'!B2:B6)");
    expect(Orders?.C7?.formula).toBe("SUM('Orders'!C2:C6)");
    expect(Orders?.D7).toMatchObject({ value: '' });
    const sheet = (await parts({ totals }))('xl/worksheets/sheet1.xml');
    expect(elements(sheet, 'autoFilter')[0]?.ref).toBe('A1:D6');
  });

  it.each([
    ['1234567890123456.78', 'exact', 'No total: some of these values stand as text'],
    ['NaN', 'number', 'No total: some of these values stand as text'],
    ['1234567890123456.78', 'number', "SUM('Orders'!A2:A3)"],
  ] as const)(
    'make no total that would leave out a value: of %s, numbers %s',
    async (cell, numbers, total) => {
      const table = tableOf({ amount: 'decimal', day: 'date' }, [
        ['1.5', '2026-01-01'],
        [cell, '0001-01-01'],
      ]);
      const totals = [{ column: 'amount' }, { column: 'day', function: 'min' as const }];
      const { Orders } = await readSheets(await writeWorkbook(table, { numbers, totals }));
      expect(Orders?.A4?.formula ?? Orders?.A4?.value).toBe(total);
      expect(Orders?.B4?.value).toBe('No total: some of these values stand as text');
    },
  );

  it.each([
    ['sku', 'sum'],
    ['sku', 'max'],
    ['day', 'average'],
  ] as const)('are refused of what has none: the %s, by %s', async (column, by) => {
    await expect(write({ totals: [{ column, function: by }] })).rejects.toMatchObject({
      fields: { 'format.options.totals.0.column': expect.stringMatching(/count it/) },
    });
  });
});

describe('what stands once for each of several rows', () => {
  const table = () => ({
    ...tableOf({}, [['1', '2']]),
    columns: [
      { source: 'id', header: 'id', type: 'text' as const },
      { source: 'total', header: 'total', type: 'decimal' as const, repeatedFor: 'lines' },
    ],
  });

  it.each([
    { totals: [{ column: 'total' }] },
    { charts: [{ categories: 'id', values: ['total'], function: 'average' as const }] },
    { pivotTables: [{ rows: ['id'], values: [{ column: 'total' }] }] },
  ])('is not added up: %j', async (options) => {
    await expect(writeWorkbook(table(), options)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/once for each of "lines"/),
    });
  });

  it('has a most', async () => {
    const { Orders } = await readSheets(
      await writeWorkbook(table(), { totals: [{ column: 'total', function: 'max' }] }),
    );
    expect(Orders?.B3?.formula).toBe("MAX('Orders'!B2:B2)");
  });
});
