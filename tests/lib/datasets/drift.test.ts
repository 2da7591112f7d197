import { describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import { addedTo } from '#lib/datasets/added-columns.ts';
import { compileStream } from '#lib/datasets/compile-stream.ts';
import { driftOf } from '#lib/datasets/drift.ts';
import type { StreamMapping } from '#lib/datasets/stream-mapping.ts';

const products = {
  label: 'Products',
  columns: [
    { name: 'sku', type: 'text' },
    { name: 'weight', type: 'decimal', label: 'Gross weight' },
    { name: 'value', type: 'decimal' },
    { name: 'city', type: 'text' },
  ] satisfies Column[],
  key: ['sku'],
};
const tags = {
  label: 'Tags',
  columns: [
    { name: 'sku', type: 'text' },
    { name: 'tag', type: 'text' },
    { name: 'note', type: 'text' },
  ] satisfies Column[],
  key: ['sku', 'tag'],
};
const mapping: StreamMapping = {
  dataset: 'products',
  fields: {
    sku: 'SKU',
    weight: 'Weight',
    value: { expression: 'Price * row["On hand"]' },
    city: 'address.city',
  },
  also: [{ dataset: 'tags', each: 'tags', fields: { sku: 'parent.SKU', tag: 'item', note: 'parent.Note' } }],
  columns: ['SKU', 'Weight', 'Price', 'On hand', 'address', 'tags', 'Note'],
};
const all = mapping.columns as string[];
const drift = (present: readonly string[]) => driftOf(mapping, [products, tags], { rawText: false }, present);
const without = (...gone: string[]) => all.filter((name) => !gone.includes(name));

describe('the columns of a source', () => {
  it('that are as they were change nothing', () => {
    expect(drift(all)).toEqual({ lost: [], mapping, words: '' });
    expect(drift([...all].reverse())).toMatchObject({ lost: [], mapping });
  });

  it('that are new are offered, where somebody noted what there was', () => {
    const present = [...all, 'Color', 'Size'];
    expect(drift(present)).toEqual({ lost: [], mapping, words: '' });
    expect(addedTo(all, present)).toEqual(['Color', 'Size']);
    expect(addedTo(undefined, ['Color'])).toEqual([]);
  });

  it('that nobody reads may go', () => {
    const { columns: _, ...unnoted } = mapping;
    const fields = { sku: 'SKU' };
    expect(driftOf({ ...unnoted, fields, also: [] }, [products], { rawText: true }, ['SKU']).lost).toEqual(
      [],
    );
  });

  it('that are lost leave the columns that need them as they are, and everything else goes on', () => {
    const { lost, mapping: left, words } = drift(without('Weight', 'On hand'));
    expect(lost).toEqual(['Weight', 'On hand']);
    expect(left?.fields).toEqual({ sku: 'SKU', city: 'address.city' });
    expect(left?.also).toEqual(mapping.also);
    expect(words).toBe(
      'The source no longer has the columns “Weight”, “On hand”. In “Products”, “Gross weight”, “value” keep their present values. Change the mapping, or bring them back. The source has: “SKU”, “Price”, “address”, “tags”, “Note”.',
    );
    expect(compileStream(left as StreamMapping, [products, tags], { rawText: false }).sourceColumns).toEqual([
      'SKU',
      'address.city',
      'tags',
      'Note',
    ]);
  });

  it('within which a path leads are lost by their own name, and a table has no paths', () => {
    expect(drift(without('address')).lost).toEqual(['address']);
    const flat = { dataset: 'products', fields: { sku: 'SKU', city: 'address.city' } };
    expect(driftOf(flat, [products], { rawText: true }, ['SKU', 'address']).lost).toEqual(['address.city']);
    expect(driftOf(flat, [products], { rawText: true }, ['SKU', 'address.city']).lost).toEqual([]);
  });

  it('that hold a list, or its key, leave out that list alone', () => {
    const gone = drift(without('tags'));
    expect(gone.mapping).toEqual({ dataset: 'products', fields: mapping.fields, columns: all });
    expect(gone.words).toContain('No rows go into “Tags” for now; those that are there stay.');
    const note = drift(without('Note'));
    expect(note.mapping?.also).toEqual([
      { dataset: 'tags', each: 'tags', fields: { sku: 'parent.SKU', tag: 'item' } },
    ]);
    expect(note.words).toContain('In “Tags”, “note” keeps its present values.');
  });

  it('by which rows are known stop the stream', () => {
    const { mapping: left, words } = drift(['Weight']);
    expect(left).toBeNull();
    expect(words).toMatch(
      /^The source no longer has the columns “SKU”, .*Rows of “Products” are known by them/,
    );
  });
});
