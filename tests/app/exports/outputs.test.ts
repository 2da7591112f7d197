import { describe, expect, it } from 'vitest';
import { choosing, shownColumns } from '#app/(dashboard)/exports/_components/editor/column-draft.ts';
import { columnGroups } from '#app/(dashboard)/exports/_components/editor/column-groups.ts';
import { type DatasetChoice, newDraft } from '#app/(dashboard)/exports/_components/editor/draft.ts';
import { outputsIn, regrouped, shapeOf } from '#app/(dashboard)/exports/_components/editor/outputs.ts';

function relation(name: string, dataset: string, kind: 'one' | 'many' = 'one') {
  return { name, dataset, kind, columns: [{ from: 'id', to: 'id' }], sameSource: false };
}

const orders: DatasetChoice = {
  name: 'orders',
  label: 'Orders',
  kind: 'made',
  columns: [
    { name: 'region', type: 'text', label: 'Region' },
    { name: 'placed_at', type: 'timestamp' },
    { name: 'total', type: 'decimal', label: 'Total', currency: 'currency' },
  ],
  relations: [relation('lines', 'lines', 'many')],
};
const lines: DatasetChoice = {
  name: 'lines',
  label: 'Lines',
  kind: 'made',
  columns: [{ name: 'sku', type: 'text', label: 'SKU' }],
  relations: [relation('order', 'orders'), relation('item', 'items')],
};
const items: DatasetChoice = {
  name: 'items',
  label: 'Items',
  kind: 'made',
  columns: [{ name: 'price', type: 'decimal', currency: 'currency' }],
  relations: [relation('gone', 'gone')],
};
const groups = columnGroups(orders, [orders, lines, items]);

describe('the columns that an export can ask for', () => {
  it('are its own, then those that relations lead to, never in a circle nor to what is gone', () => {
    expect(groups.map(({ label, columns }) => [label, columns.map(({ name }) => name)])).toEqual([
      ['Orders', ['region', 'placed_at', 'total']],
      ['lines', ['lines.sku']],
      ['lines › item', ['lines.item.price']],
    ]);
    expect(groups[2]?.columns[0]).toMatchObject({
      label: 'lines › item: price',
      currency: 'lines.item.currency',
    });
  });
});

const draft = newDraft({
  dataset: 'orders',
  groupBy: [{ field: 'region' }, { field: 'placed_at', bucket: { unit: 'month' } }],
  aggregates: [{ function: 'sum', field: 'total' }, { function: 'count' }],
});

describe('what groups give', () => {
  it('are the values of the groups and what is computed, by the names and of the types that the query has', () => {
    expect(outputsIn(draft, groups, undefined)).toEqual([
      { name: 'region', type: 'text', label: 'Region' },
      { name: 'placed_at_month', type: 'date', label: 'placed_at by month' },
      { name: 'sum_total', type: 'decimal', label: 'Sum of Total' },
      { name: 'count', type: 'integer', label: 'Number of rows' },
    ]);
  });

  it('of a pivot are those that a preview has shown beside its rows, but for what a diff says of each', () => {
    const pivot = {
      rows: [{ field: 'region' }],
      column: { field: 'placed_at', bucket: { unit: 'year' } },
      value: { function: 'count' },
    } as const;
    const preview = {
      columns: [
        { source: '_change', header: '_change', type: 'text' },
        { source: 'region', header: 'region', type: 'text' },
        { source: '2026-01-01', header: '2026-01-01', type: 'integer' },
      ],
    } as unknown as Parameters<typeof outputsIn>[2];
    const pivoted = newDraft({ dataset: 'orders', pivot: { ...pivot, rows: [...pivot.rows] } });
    expect(shapeOf(pivoted)).toBe('pivot');
    expect(outputsIn(pivoted, groups, preview).map(({ name }) => name)).toEqual(['region', '2026-01-01']);
  });
});

describe('rows that are put together in another way', () => {
  const outputs = outputsIn(draft, groups, undefined);
  const shown = shownColumns(draft, outputs);
  const chosen = {
    ...draft,
    ...choosing([...shown].reverse(), outputs),
    sort: [{ field: 'sum_total', direction: 'desc' as const }],
  };

  it('keep the place and the order of a value that is computed otherwise', () => {
    const [, count] = draft.aggregates ?? [];
    const { columns, sort } = regrouped(chosen, {
      ...chosen,
      aggregates: [{ function: 'avg', field: 'total' }, ...(count ? [count] : [])],
    });
    expect(columns.map(({ source }) => source)).toEqual(['count', 'avg_total', 'placed_at_month', 'region']);
    expect(sort).toEqual([{ field: 'avg_total', direction: 'desc' }]);
  });

  it('let go of what is gone, and have what is new in the file', () => {
    const { columns, sort } = regrouped(chosen, { ...chosen, aggregates: [{ function: 'count' }] });
    expect(columns.map(({ source }) => source)).toEqual(['count', 'placed_at_month', 'region']);
    expect(sort).toEqual([]);
    const grown = regrouped(chosen, {
      ...chosen,
      aggregates: [...(chosen.aggregates ?? []), { function: 'max', field: 'total' }],
    });
    expect(grown.columns.map(({ source, included }) => [source, included]).at(-1)).toEqual([
      'max_total',
      true,
    ]);
  });

  it('begin anew where a row is no group any more', () => {
    const none = { groupBy: undefined, aggregates: undefined, pivot: undefined };
    expect(regrouped(chosen, none)).toMatchObject({ columns: [], takesAll: true, sort: [] });
  });
});
