'use client';

import { NativeSelect } from '@mantine/core';
import type { Customization } from '#lib/exports/templates/schema.ts';
import { placeKey } from './template-draft.ts';

interface PlaceSelectProps {
  readonly question: Customization;
  /** What the place that it fills is called. */
  readonly name: string;
  readonly free: readonly Customization[];
  readonly error: string | undefined;
  onChange(place: Customization): void;
}

/** Which place of the definition a question fills: the one that it has, or another that no question fills. */
export function PlaceSelect({ question, name, free, error, onChange }: PlaceSelectProps) {
  const own = placeKey(question);
  const choices = [{ key: own, label: name, group: groupOf(question) }, ...free.map(choiceOf)];
  const data = groups.flatMap((group) => {
    const items = choices.filter((choice) => choice.group === group);
    return items.length > 0 ? [{ group, items: items.map(({ key, label }) => ({ value: key, label })) }] : [];
  });
  return (
    <NativeSelect
      label="What it fills"
      value={own}
      data={data}
      error={error}
      onChange={({ currentTarget }) => {
        const place = free.find((each) => placeKey(each) === currentTarget.value);
        if (place) onChange(place);
      }}
    />
  );
}

const groups = ['Rows', 'Columns', 'File'] as const;

function choiceOf(place: Customization) {
  return { key: placeKey(place), label: place.label ?? place.field, group: groupOf(place) };
}

function groupOf({ sets: [first] }: Customization): (typeof groups)[number] {
  const [top = ''] = first?.path.split('.') ?? [];
  if (top === 'columns') return 'Columns';
  return ['format', 'compression', 'split', 'partitionBy'].includes(top) ? 'File' : 'Rows';
}
