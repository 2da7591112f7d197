import { type ItemSource, itemSource, type SourceColumns } from './further-draft.ts';
import { examplesOf, itemsOf, type SampleRows } from './sample.ts';

/** What a column of a dataset can be filled with, in groups, as a person chooses among it. */
export interface SourceChoices {
  readonly groups: readonly ChoiceGroup[];
  /** The first values of a choice, in a line. */
  examples(name: string): string;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface ChoiceGroup {
  readonly group: string;
  readonly items: Choice[];
}

/** The columns of a stream, and what lies within them. */
export function rowChoices({ columns, paths }: SourceColumns, rows: SampleRows): SourceChoices {
  const groups = [
    { group: 'Columns', items: columns.map(asChoice) },
    { group: 'Within columns', items: paths.map(asChoice) },
  ];
  return { groups: filled(groups), examples: remembered((name) => examplesOf(rows, name)) };
}

/** What the items of a list have, with the row around them. */
export function itemChoices(each: string, source: SourceColumns, rows: SampleRows): SourceChoices {
  const { own, ofRow }: ItemSource = itemSource(each, source);
  const groups = [
    { group: `Of each item of ${each}`, items: own.map(asChoice) },
    {
      group: 'Of the item itself',
      items: [
        { value: 'index', label: 'Its place in the list: 1, 2 …' },
        { value: 'item', label: 'The item as it is' },
      ],
    },
    { group: 'Of the row around it', items: ofRow.map((name) => ({ value: name, label: name })) },
  ];
  const items = itemsOf(rows, each);
  const examples = (name: string) => {
    if (name === 'index') return '1, 2, 3';
    const [, outer] = /^parent\.(.+)$/s.exec(name) ?? [];
    if (outer !== undefined) return examplesOf(rows, outer);
    return name === 'item'
      ? examplesOf(
          items.map((item) => ({ item })),
          'item',
        )
      : examplesOf(items, name);
  };
  return { groups: filled(groups), examples: remembered(examples) };
}

function asChoice({ name }: { readonly name: string }) {
  return { value: name, label: name };
}

/** A name stands in one group alone: a column that is called like a path is the column. */
function filled(groups: readonly ChoiceGroup[]): ChoiceGroup[] {
  const seen = new Set<string>();
  const once = groups.map(({ group, items }) => ({
    group,
    items: items.filter(({ value }) => !seen.has(value) && seen.add(value)),
  }));
  return once.filter(({ items }) => items.length > 0);
}

function remembered(examples: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const found = known.get(name) ?? examples(name);
    known.set(name, found);
    return found;
  };
}
