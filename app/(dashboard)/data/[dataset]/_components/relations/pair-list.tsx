'use client';

import { Input, Select, SimpleGrid } from '@mantine/core';
import { EditableList } from '#app/_ui/editable-list.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { DatasetView } from '#lib/datasets/view.ts';
import { emptyPair, otherChoices, ownChoices, type PairDraft } from './relation-draft.ts';

const MAX_PAIRS = 8;

interface PairListProps {
  readonly own: DatasetView;
  readonly other: DatasetView;
  readonly pairs: readonly PairDraft[];
  /** By the field of the relation: `columns.0.to`. */
  readonly problems: Readonly<Record<string, string>>;
  onChange(pairs: readonly PairDraft[]): void;
}

/** Which columns hold the same; beside each only those of types that can. */
export function PairList({ own, other, pairs, problems, onChange }: PairListProps) {
  return (
    <Input.Wrapper label="Rows belong together where these hold the same" labelElement="div">
      <EditableList
        items={pairs}
        onChange={(next) => onChange(next.length > 0 ? next : [emptyPair])}
        nameOf={(_, place) => `the columns ${place + 1}`}
        addLabel="Add columns"
        newItem={pairs.length < MAX_PAIRS ? () => emptyPair : undefined}
      >
        {({ from, to }, place, replace) => (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
            <Select
              aria-label={`Column of ${own.label}`}
              placeholder={`Column of ${own.label}`}
              data={choices(ownChoices(own))}
              value={from}
              onChange={(name) => replace({ from: name, to: fitting(own, other, name, to) })}
              error={problems[`columns.${place}.from`]}
              allowDeselect={false}
              searchable
            />
            <Select
              aria-label={`Column of ${other.label}`}
              placeholder={`Column of ${other.label}`}
              data={choices(otherChoices(own, other, from))}
              value={to}
              onChange={(name) => replace({ from, to: name })}
              error={problems[`columns.${place}.to`]}
              allowDeselect={false}
              searchable
            />
          </SimpleGrid>
        )}
      </EditableList>
    </Input.Wrapper>
  );
}

function choices(columns: readonly Column[]) {
  return columns.map(({ name, label = name }) => ({ value: name, label }));
}

/** What was chosen there, as long as it can hold the same. */
function fitting(own: DatasetView, other: DatasetView, from: string | null, to: string | null) {
  return otherChoices(own, other, from).some(({ name }) => name === to) ? to : null;
}
