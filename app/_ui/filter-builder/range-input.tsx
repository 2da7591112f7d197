'use client';

import { Stack } from '@mantine/core';
import type { ColumnType } from '#lib/core/columns.ts';
import { isDay } from '#lib/datasets/filter-values.ts';
import type { ConditionState, Entered } from './editor-state.ts';
import { SingleInput } from './single-input.tsx';

interface RangeInputProps {
  readonly label: string;
  readonly describedBy: string | undefined;
  readonly type: ColumnType;
  readonly condition: ConditionState;
  onChange(entered: Entered): void;
}

const ends = ['from', 'to'];

/** Both ends of a range, either of which may be left open; of times whole days, unless moments were given. */
export function RangeInput({ label, describedBy, type, condition, onChange }: RangeInputProps) {
  const { values, zone } = condition;
  const asDay = values.every((value) => value === '' || isDay(value));
  const enter = (place: number, text: string, ofZone = zone) => {
    const entered = ends.map((_, at) => (at === place ? text : (values[at] ?? '')));
    onChange({ values: entered.some(Boolean) ? entered : [], zone: ofZone });
  };
  return (
    <Stack gap={4}>
      {ends.map((end, place) => (
        <SingleInput
          key={end}
          label={`${label}, ${end}`}
          describedBy={describedBy}
          type={type}
          value={values[place]}
          zone={zone}
          asDay={asDay}
          onEnter={(text, ofZone) => enter(place, text, ofZone)}
        />
      ))}
    </Stack>
  );
}
