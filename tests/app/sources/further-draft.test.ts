import { describe, expect, it } from 'vitest';
import { fieldProblems } from '#app/(dashboard)/sources/_mapping/field-problems.ts';
import {
  type FurtherDraft,
  furtherOf,
  furtherProblem,
  type KnownDataset,
  nothingFurther,
  shownLists,
  streamMappingOf,
} from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import { draftsOf } from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import { itemChoices, rowChoices } from '#app/(dashboard)/sources/_mapping/source-choices.ts';
import { streamMappingSchema } from '#lib/datasets/stream-mapping.ts';

const lines: KnownDataset = {
  name: 'lines',
  label: 'Lines',
  columns: [
    { name: 'no', type: 'text' },
    { name: 'line', type: 'integer' },
    { name: 'sku', type: 'text' },
  ],
  key: ['no', 'line'],
};
const source = {
  columns: [
    { name: 'No', type: 'text' },
    { name: 'address', type: 'json' },
    { name: 'lines', type: 'json' },
  ],
  paths: [{ name: 'address.city', type: 'text' }],
  lists: [
    {
      each: 'lines',
      columns: [
        { name: 'sku', type: 'text' },
        { name: 'cost.net', type: 'decimal' },
      ],
    },
  ],
} as const;
const rows = [
  { No: 'A1', address: { city: 'X' }, lines: [{ sku: 'a', cost: { net: 1.5 } }, { sku: 'b' }] },
  { No: 'A2', address: { city: 'Y' }, lines: [] },
];
const mapping = streamMappingSchema.parse({
  dataset: 'orders',
  fields: { no: 'No' },
  also: [{ dataset: 'lines', each: 'lines', fields: { no: 'parent.No', line: 'index', sku: 'sku' } }],
  keepExtra: true,
  columns: ['No', 'lines'],
});

describe('what else becomes of a stream', () => {
  it('is saved as it was stored where nothing was changed', () => {
    expect(streamMappingOf('orders', draftsOf(mapping.fields), furtherOf(mapping), ['No', 'lines'])).toEqual(
      mapping,
    );
    expect(streamMappingOf('orders', draftsOf({ no: 'No' }), nothingFurther, [])).toEqual({
      dataset: 'orders',
      fields: { no: 'No' },
    });
  });

  it('is shown as far as it is complete, and says what it lacks', () => {
    const { lists } = furtherOf(mapping);
    const half: FurtherDraft = {
      keepExtra: false,
      lists: [{ each: 'lines', dataset: null, drafts: {} }, { ...lists[0], drafts: {} } as never, ...lists],
    };
    expect(shownLists(half, [lines]).map(({ place, target }) => [place, target.name])).toEqual([
      [2, 'lines'],
    ]);
    expect(furtherProblem(half, [lines], source)).toBe('lines: Choose the dataset that its items fill.');
    expect(furtherProblem({ ...half, lists: half.lists.slice(1) }, [lines], source)).toMatch(
      /^lines: Choose a source/,
    );
    expect(furtherProblem(furtherOf(mapping), [lines], source)).toBeUndefined();
    const gone = furtherOf({
      also: [{ dataset: 'lines', each: 'lines', fields: { no: 'parent.No', line: 'index', sku: 'gone' } }],
    });
    expect(furtherProblem(gone, [lines], source)).toBe('lines: The source has no column “gone” any more.');
  });

  it('leaves lists without a dataset out', () => {
    const further = { keepExtra: false, lists: [{ each: 'lines', dataset: null, drafts: {} }] };
    expect(streamMappingOf('orders', {}, further, [])).toEqual({ dataset: 'orders', fields: {} });
  });
});

describe('the choices for a column', () => {
  const values = (choices: ReturnType<typeof rowChoices>) =>
    choices.groups.map(({ items }) => items.map(({ value }) => value));

  it('are the columns of the source and what lies within them, with examples', () => {
    const choices = rowChoices(source, rows);
    expect(values(choices)).toEqual([['No', 'address', 'lines'], ['address.city']]);
    expect(choices.examples('address.city')).toBe('X, Y');
    expect(choices.examples('No.x')).toBe('');
  });

  it('are, for a list, what its items, the row around them and their place give', () => {
    const choices = itemChoices('lines', source, rows);
    expect(values(choices)).toEqual([
      ['sku', 'cost.net'],
      ['index', 'item'],
      ['parent.No', 'parent.address', 'parent.lines', 'parent.address.city'],
    ]);
    expect(['sku', 'cost.net', 'index', 'parent.No'].map(choices.examples)).toEqual([
      'a, b',
      '1.5',
      '1, 2, 3',
      'A1, A2',
    ]);
  });

  it('offer each name once', () => {
    const twice = {
      ...source,
      columns: [...source.columns, { name: 'address.city', type: 'text' } as const],
    };
    expect(
      values(rowChoices(twice, rows))
        .flat()
        .filter((name) => name === 'address.city'),
    ).toHaveLength(1);
  });
});

describe('what the server says of fields', () => {
  it('is taken apart by dataset and column', () => {
    const problems = fieldProblems({
      'fields.unit.price': 'character 3: wrong',
      'also.1.fields.sku': 'is wrong',
      'also.10.fields.sku': 'is another',
      stream: 'is unknown',
    });
    expect(problems.own).toEqual({ 'unit.price': 'Character 3: wrong' });
    expect(problems.ofList(1)).toEqual({ sku: 'Is wrong' });
    expect(problems.ofList(0)).toEqual({});
  });
});
