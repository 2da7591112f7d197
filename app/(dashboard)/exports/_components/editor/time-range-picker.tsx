'use client';

import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import type { Period } from '#lib/datasets/period.ts';
import { type DayRange, type TimeRange, timeRangeIn, withTimeRange } from './time-range.ts';

/** What people ask for most; the filter below has every other one. */
const periods: readonly (readonly [string, Period])[] = [
  ['Last 7 days', { last: 7, unit: 'day' }],
  ['Last 30 days', { last: 30, unit: 'day' }],
  ['This month', { this: 'month' }],
];

interface TimeRangePickerProps {
  readonly columns: readonly Column[];
  readonly filter: Filter | undefined;
  onChange(filter: Filter | undefined): void;
}

/** A short way to the conditions that most exports have; shown where the data has dates or times. */
export function TimeRangePicker({ columns, filter, onChange }: TimeRangePickerProps) {
  const { timeZone } = useFormat();
  const temporal = columns.filter(({ type }) => type === 'date' || type === 'timestamp');
  const [chosen, setChosen] = useState<string>();
  const inUse = temporal.find((column) => timeRangeIn(filter, { column, timeZone }));
  const column = temporal.find(({ name }) => name === chosen) ?? inUse ?? temporal[0];
  if (!column) return null;
  const time = { column, timeZone };
  const range = timeRangeIn(filter, time);
  const set = (next: TimeRange | undefined) => onChange(withTimeRange(filter, time, next));
  return (
    <Stack gap="xs">
      <Select
        label="Time range of"
        maw={320}
        data={temporal.map(({ name, label }) => ({ value: name, label: label ?? name }))}
        value={column.name}
        allowDeselect={false}
        onChange={(name) => name && setChosen(name)}
      />
      <PeriodButtons range={range} onChoose={set} />
      <Days range={range && !('period' in range) ? range : undefined} onChange={set} />
      <Text size="xs" c="dimmed" suppressHydrationWarning>
        {range && 'period' in range
          ? 'Counted anew by each run, today among them.'
          : 'Days that are entered stay as they are; the others are counted anew by each run.'}
        {column.type === 'timestamp' && ` Days begin at midnight in ${timeZone}.`}
      </Text>
    </Stack>
  );
}

interface PeriodButtonsProps {
  readonly range: TimeRange | undefined;
  onChoose(range: TimeRange | undefined): void;
}

function PeriodButtons({ range, onChoose }: PeriodButtonsProps) {
  const chosen = range && 'period' in range ? JSON.stringify(range.period) : undefined;
  return (
    <Group gap="xs" role="group" aria-label="Time range">
      <Choice label="Any time" pressed={!range} onClick={() => onChoose(undefined)} />
      {periods.map(([label, period]) => (
        <Choice
          key={label}
          label={label}
          pressed={chosen === JSON.stringify(period)}
          onClick={() => onChoose({ period })}
        />
      ))}
    </Group>
  );
}

function Choice({ label, pressed, onClick }: { label: string; pressed: boolean; onClick(): void }) {
  return (
    <Button
      size="compact-sm"
      variant={pressed ? 'filled' : 'default'}
      aria-pressed={pressed}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

function Days({
  range,
  onChange,
}: {
  range: DayRange | undefined;
  onChange(range: DayRange | undefined): void;
}) {
  const set = (changes: DayRange) => {
    const next = { ...range, ...changes };
    onChange(next.from || next.to ? next : undefined);
  };
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        type="date"
        label="From"
        value={range?.from ?? ''}
        max={range?.to}
        onChange={(event) => set({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label="Up to and with"
        value={range?.to ?? ''}
        min={range?.from}
        onChange={(event) => set({ to: event.currentTarget.value || undefined })}
      />
    </Group>
  );
}
