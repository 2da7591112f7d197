'use client';

import { Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useFormat } from '#app/_ui/format.tsx';
import type { ColumnType } from '#lib/core/columns.ts';
import { MOST_UNITS, type Period, spanOf } from '#lib/datasets/period.ts';
import { isClockUnit, type TimeUnit, timeUnits, type WeekStart } from '#lib/datasets/time-units.ts';
import type { ConditionState, Entered } from './editor-state.ts';
import { type PeriodKind, periodKind, periodOf } from './period-words.ts';

interface PeriodInputProps {
  readonly label: string;
  readonly type: ColumnType;
  readonly condition: ConditionState;
  onChange(entered: Entered): void;
}

const kinds: { value: PeriodKind; label: string }[] = [
  { value: 'last', label: 'the last' },
  { value: 'lastWhole', label: 'the last whole' },
  { value: 'this', label: 'this' },
  { value: 'previous', label: 'the previous' },
];
const weekStarts = [
  { value: 'monday', label: 'from Monday' },
  { value: 'sunday', label: 'from Sunday' },
];
const usual: Period = { last: 7, unit: 'day' };

/** A period that moves with the present: how it lies to it, how many units, and which. */
export function PeriodInput({ label, type, condition, onChange }: PeriodInputProps) {
  const { timeZone } = useFormat();
  const { period = usual, zone } = condition;
  const { unit, units } = spanOf(period);
  const kind = periodKind(period);
  const ofZone = zone ?? (condition.period ? 'UTC' : timeZone);
  const choose = (chosen: { kind?: PeriodKind; unit?: TimeUnit; units?: number; weekStart?: WeekStart }) => {
    const all = { kind, unit, units, weekStart: period.weekStart, ...chosen };
    onChange({ period: periodOf(all.kind, all.unit, all.units, all.weekStart), zone: ofZone });
  };
  const counts = kind === 'last' || kind === 'lastWhole';
  const offered = timeUnits.filter((each) => type === 'timestamp' || !isClockUnit(each));
  return (
    <Stack gap={4}>
      <Group gap={4} wrap="nowrap">
        <NativeSelect
          aria-label={`${label}: which`}
          data={kinds}
          value={kind}
          onChange={({ currentTarget }) => choose({ kind: currentTarget.value as PeriodKind })}
        />
        {counts && (
          <NumberInput
            aria-label={`${label}: how many`}
            w={80}
            min={1}
            max={MOST_UNITS}
            clampBehavior="strict"
            allowDecimal={false}
            value={units}
            onChange={(entered) => typeof entered === 'number' && entered >= 1 && choose({ units: entered })}
          />
        )}
        <NativeSelect
          aria-label={`${label}: unit`}
          data={offered.map((each) => ({ value: each, label: counts && units !== 1 ? `${each}s` : each }))}
          value={unit}
          onChange={({ currentTarget }) => choose({ unit: currentTarget.value as TimeUnit })}
        />
      </Group>
      {unit === 'week' && (
        <NativeSelect
          aria-label={`${label}: weeks begin`}
          data={weekStarts}
          value={period.weekStart ?? 'monday'}
          onChange={({ currentTarget }) => choose({ weekStart: currentTarget.value as WeekStart })}
        />
      )}
      <Text size="xs" c="dimmed">{`By the clocks of ${ofZone}`}</Text>
    </Stack>
  );
}
