import { describe, expect, it } from 'vitest';
import {
  haveSources,
  otherChoices,
  relationOf,
  relationProblems,
  startRelation,
} from '#app/(dashboard)/data/[dataset]/_components/relations/relation-draft.ts';
import type { Column } from '#lib/core/columns.ts';
import { relationsSchema } from '#lib/datasets/relation-schema.ts';

const text = (name: string): Column => ({ name, type: 'text' });
const dataset = (name: string, key: string[], columns: Column[]) => ({
  name,
  label: name,
  kind: 'made' as const,
  key,
  columns,
  relations: [],
});
const orders = dataset(
  'orders',
  ['number'],
  [text('number'), text('sku'), { name: 'pieces', type: 'integer' }],
);
const items = dataset('items', ['sku'], [text('sku'), { name: 'weight', type: 'decimal' }]);

describe('a relation that is about to be declared', () => {
  it('is offered by the key of the other dataset: each row has one at most', () => {
    const draft = startRelation(orders, items);
    expect(draft).toEqual({
      dataset: 'items',
      name: 'items',
      kind: 'one',
      pairs: [{ from: 'sku', to: 'sku' }],
      sameSource: false,
    });
    expect(relationsSchema.safeParse([relationOf(draft)]).success).toBe(true);
  });

  it('is offered by the own key otherwise: each row has any number', () => {
    expect(startRelation(items, orders)).toMatchObject({
      kind: 'many',
      pairs: [{ from: 'sku', to: 'sku' }],
    });
  });

  it('takes a name that no other relation has', () => {
    const relations = [
      { name: 'items', dataset: 'items', kind: 'one' as const, columns: [], sameSource: false },
    ];
    expect(startRelation({ ...orders, relations }, items).name).toBe('items_2');
  });

  it('is not complete before every column is chosen', () => {
    const draft = startRelation(orders, dataset('notes', ['id'], [text('id')]));
    expect(draft.pairs).toEqual([{ from: null, to: null }]);
    expect(relationOf(draft)).toBeUndefined();
    const pairs = [
      { from: 'sku', to: 'id' },
      { from: 'number', to: null },
    ];
    expect(relationOf({ ...draft, pairs })).toBeUndefined();
  });

  it('goes by columns whose values can be the same', () => {
    expect(otherChoices(orders, items, 'pieces').map(({ name }) => name)).toEqual(['weight']);
    expect(otherChoices(orders, items, 'sku').map(({ name }) => name)).toEqual(['sku']);
    expect(otherChoices(orders, items, null)).toHaveLength(2);
  });

  it('asks for the same source only where both have one', () => {
    expect(haveSources(orders, items)).toBe(true);
    expect(haveSources(orders, { ...items, kind: 'view' })).toBe(false);
  });

  it('is told its own problems alone', () => {
    const fields = { 'relations.2.name': 'is taken', 'relations.12.name': 'other', updatedAt: 'other' };
    expect(relationProblems(fields, 2)).toEqual({ name: 'is taken' });
  });
});
