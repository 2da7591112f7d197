import { describe, expect, it } from 'vitest';
import {
  knownFrom,
  ontoOf,
  ontoProblem,
  streamsPatch,
} from '#app/(dashboard)/sources/[id]/mapping/_components/onto.ts';

const lines = {
  name: 'lines',
  label: 'Lines',
  columns: [
    { name: 'no', type: 'text' },
    { name: 'sku', type: 'text' },
  ],
  key: ['no'],
} as const;
const orders = { ...lines, name: 'orders', label: 'Orders' };
const streams = {
  rows: {
    dataset: 'orders',
    fields: { no: 'head.no', sku: { expression: 'a' } },
    also: [{ dataset: 'lines', each: 'lines', fields: { no: 'parent.head.no', sku: 'item.sku' } }],
    columns: ['head', 'a', 'lines'],
  },
  notes: { dataset: 'lines', fields: { no: 'No' } },
};
const sample = (name: string, columns: readonly string[]) => ({
  ...knownFrom(name, undefined),
  columns: columns.map((column) => ({ name: column, type: 'text' as const })),
});

describe('a saved mapping', () => {
  it('is saved as it was where nothing was changed and the source could not be read', () => {
    expect(streamsPatch(streams, ontoOf(streams), [])).toEqual(streams);
    const sourceOf = (name: string) => knownFrom(name, streams[name as keyof typeof streams]);
    expect(ontoProblem(ontoOf(streams), [lines, orders], sourceOf)).toBeUndefined();
  });

  it('notes the columns that the source was found to have', () => {
    const patch = streamsPatch(streams, ontoOf(streams), [sample('notes', ['No', 'Text'])]);
    expect(patch.notes?.columns).toEqual(['No', 'Text']);
    expect(patch.rows?.columns).toEqual(['head', 'a', 'lines']);
  });

  it('that goes nowhere any more is removed', () => {
    const onto = ontoOf(streams);
    const left = { ...onto, notes: { ...onto.notes, dataset: null } } as typeof onto;
    expect(streamsPatch(streams, left, []).notes).toBeNull();
    expect(streamsPatch({}, { other: { ...left.notes } as never }, [])).toEqual({});
  });

  it('says which columns that it reads are gone', () => {
    const gone = ontoProblem(ontoOf(streams), [lines, orders], (name) => sample(name, ['lines', 'No']));
    expect(gone).toBe('The source has no column “head.no” any more.');
  });
});
