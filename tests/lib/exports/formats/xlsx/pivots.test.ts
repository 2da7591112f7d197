import { describe, expect, it } from 'vitest';
import { unzip } from '#tests/support/unzip.ts';
import { parts, valuesOf, write } from './orders.ts';
import { elements, readSheets } from './read-workbook.ts';
import { tableOf, writeWorkbook } from './write-workbook.ts';

describe('a pivot table', () => {
  it('stands on a sheet of its own over a source with a row for each of its cells', async () => {
    const pivotTables = [{ rows: ['sku'], columns: ['day'], values: [{ column: 'price' }] }];
    expect(await valuesOf({ pivotTables }, 'Pivot data')).toEqual([
      ['sku', 'day', 'price (sum)'],
      ['B', '2026-01-02', '1.1'],
      ['A', '2026-01-01', '2.2'],
      ['A', '2026-01-02', '3.3'],
      ['(empty)', '2026-01-03', '4.4'],
      ['B', '2026-01-01'],
    ]);
    const part = await parts({ pivotTables });
    expect(elements(part('xl/pivotCache/pivotCacheDefinition1.xml'), 'worksheetSource')).toEqual([
      { ref: 'A1:C6', sheet: 'Pivot data' },
    ]);
    expect(elements(part('xl/pivotCache/pivotCacheDefinition1.xml'), 'pivotCacheDefinition')).toMatchObject([
      { refreshOnLoad: '1', recordCount: '5' },
    ]);
    expect(elements(part('xl/pivotTables/pivotTable1.xml'), 'dataField')).toMatchObject([
      { name: 'Sum of price', fld: '2' },
    ]);
  });

  it('adds up counts, and keeps least and most', async () => {
    const by = ['sum', 'count', 'min', 'max'] as const;
    const values = by.map((each) => ({ column: 'price', function: each }));
    const part = await parts({ pivotTables: [{ rows: ['day', 'sku'], values }] });
    const fields = elements(part('xl/pivotTables/pivotTable1.xml'), 'dataField');
    expect(fields.map(({ subtotal }) => subtotal)).toEqual([undefined, undefined, 'min', 'max']);
  });

  it('has no total that would put several currencies together', async () => {
    const names = ['vendor', 'currency', 'day', 'amount'];
    const table = {
      ...tableOf({}, [['v', 'EUR', 'd', '1']]),
      columns: names.map((name) => ({
        source: name,
        header: name,
        type: name === 'amount' ? ('decimal' as const) : ('text' as const),
        ...(name === 'amount' && { currency: 'currency' }),
      })),
    };
    const values = [{ column: 'amount' }];
    const pivotTables = [
      { rows: ['vendor', 'currency', 'day'], values },
      { rows: ['vendor', 'day'], columns: ['currency'], values },
      { rows: ['vendor', 'currency'], values: [{ column: 'amount', function: 'count' as const }] },
    ];
    const files = await unzip(await writeWorkbook(table, { pivotTables }));
    const found = pivotTables.map((_, at) => {
      const xml = files.get(`xl/pivotTables/pivotTable${at + 1}.xml`)?.toString() ?? '';
      const [{ rowGrandTotals, colGrandTotals } = {}] = elements(xml, 'pivotTableDefinition');
      const fields = elements(xml, 'pivotField').filter(({ axis }) => axis === 'axisRow');
      const subtotals = fields.map(({ defaultSubtotal }) => defaultSubtotal ?? '1');
      return [rowGrandTotals, colGrandTotals, subtotals.join('')];
    });
    expect(found).toEqual([
      ['0', '0', '011'],
      ['0', '0', '11'],
      [undefined, undefined, '11'],
    ]);
    const first = files.get('xl/pivotTables/pivotTable1.xml')?.toString() ?? '';
    expect(elements(first, 'items').map(({ count }) => count)).toEqual(['1', '2', '2']);
    expect(elements(first, 'item').filter(({ t }) => t === 'default')).toHaveLength(2);
  });

  it('spells a text of several spellings in one way, and calls no two values the same', async () => {
    const long = 'x'.repeat(300);
    const table = tableOf({ sku: 'text', day: 'text', [long]: 'decimal' }, [
      ['A', 'x', '1'],
      ['a', 'y', '2'],
    ]);
    const values = [{ column: long }, { column: long }];
    const file = await writeWorkbook(table, { pivotTables: [{ rows: ['sku', 'day'], values }] });
    const files = await unzip(file);
    const cache = files.get('xl/pivotCache/pivotCacheDefinition1.xml')?.toString() ?? '';
    expect(elements(cache, 's').map(({ v }) => v)).toEqual(['A', 'x', 'y']);
    const fields = elements(files.get('xl/pivotTables/pivotTable1.xml')?.toString() ?? '', 'dataField');
    const names = [...fields, ...elements(cache, 'cacheField')].map(({ name = '' }) => name);
    expect(new Set(names).size).toBe(6);
    expect(Math.max(...names.map((name) => name.length))).toBe(255);
  });

  it('has names of its own beside others, and is refused with a column twice', async () => {
    const pivot = { rows: ['sku'], values: [{ column: 'price' }] };
    const sheets = await readSheets(await write({ pivotTables: [pivot, pivot], sheetName: 'pivot' }));
    const names = ['pivot', 'Pivot 2', 'Pivot data', 'Pivot 3', 'Pivot data 2'];
    expect(Object.keys(sheets)).toEqual(names);
    const twice = write({ pivotTables: [{ ...pivot, columns: ['sku'] }] });
    await expect(twice).rejects.toMatchObject({ code: 'invalid' });
  });
});
