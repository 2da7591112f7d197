'use client';

import { TagsInput } from '@mantine/core';
import type { ColumnType } from '#lib/core/columns.ts';
import { isDay } from '#lib/datasets/filter-values.ts';
import type { ConditionState, Entered } from './editor-state.ts';
import { PeriodInput } from './period-input.tsx';
import { RangeInput } from './range-input.tsx';
import { SingleInput } from './single-input.tsx';

export interface ValueInputProps {
  readonly label: string;
  /** The id of the text that says what is missing. */
  readonly describedBy: string | undefined;
  readonly type: ColumnType;
  readonly condition: ConditionState;
  onChange(entered: Entered): void;
}

const MAX_LIST = 1_000;

/** What a condition compares with, entered as fits the comparison and the column's type. */
export function ValueInput(props: ValueInputProps) {
  const { label, describedBy, type, condition, onChange } = props;
  const { choice, values, zone } = condition;
  const [value] = values;
  if (choice === 'during') return <PeriodInput {...props} />;
  if (choice === 'between') return <RangeInput {...props} />;
  if (choice === 'in') return <ListInput {...props} />;
  return (
    <SingleInput
      label={label}
      describedBy={describedBy}
      type={type}
      value={value}
      zone={zone}
      asDay={isDay(value)}
      placeholder={choice === 'matches' ? '^SKU-[0-9]+$' : 'Text'}
      onEnter={(text, ofZone = zone) => onChange({ values: text ? [text] : [], zone: ofZone })}
    />
  );
}

function ListInput({ label, describedBy, type, condition, onChange }: ValueInputProps) {
  const isText = type === 'text';
  return (
    <TagsInput
      aria-label={label}
      aria-describedby={describedBy}
      value={[...condition.values]}
      onChange={(values) => onChange({ values })}
      maxTags={MAX_LIST}
      splitChars={isText ? ['\n'] : [',', ';', ' ', '\n']}
      placeholder={type === 'date' ? '2026-01-31, then Enter' : 'Type, then Enter'}
    />
  );
}
