'use client';

import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import { rangeOf, type TimeRange, type TimeSpan, timeRangeIn, withTimeRange } from './time-range.ts';

const spans: readonly (readonly [TimeSpan, string])[] = [
  ['last7Days', 'Last 7 days'],
  ['last30Days', 'Last 30 days'],
  ['thisMonth', 'This month'],
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
      <SpanButtons range={range} timeZone={timeZone} onChoose={set} />
      <CustomRange range={range} onChange={set} />
      <Text size="xs" c="dimmed" suppressHydrationWarning>
        These days stay as they are: a run next week asks for the same ones.
        {column.type === 'timestamp' && ` Days begin at midnight in ${timeZone}.`}
      </Text>
    </Stack>
  );
}

interface SpanButtonsProps {
  readonly range: TimeRange | undefined;
  readonly timeZone: string;
  onChoose(range: TimeRange | undefined): void;
}

function SpanButtons({ range, timeZone, onChoose }: SpanButtonsProps) {
  const now = new Date();
  const same = (other: TimeRange) => range?.from === other.from && range?.to === other.to;
  return (
    <Group gap="xs" role="group" aria-label="Time range">
      <Span label="Any time" pressed={!range} onClick={() => onChoose(undefined)} />
      {spans.map(([span, label]) => {
        const days = rangeOf(span, now, timeZone);
        return <Span key={span} label={label} pressed={same(days)} onClick={() => onChoose(days)} />;
      })}
    </Group>
  );
}

function Span({ label, pressed, onClick }: { label: string; pressed: boolean; onClick(): void }) {
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

function CustomRange({
  range,
  onChange,
}: {
  range: TimeRange | undefined;
  onChange(range: TimeRange | undefined): void;
}) {
  const set = (changes: TimeRange) => {
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
