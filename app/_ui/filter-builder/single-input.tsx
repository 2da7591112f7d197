'use client';

import { NativeSelect, TextInput } from '@mantine/core';
import type { ColumnType } from '#lib/core/columns.ts';
import { MomentInput } from './moment-input.tsx';

export interface SingleInputProps {
  readonly label: string;
  /** The id of the text that says what is missing. */
  readonly describedBy: string | undefined;
  readonly type: ColumnType;
  /** Undefined where nothing is entered yet. */
  readonly value: string | undefined;
  /** Of a time: whose clocks it is of, where it has no offset. */
  readonly zone?: string | undefined;
  /** Of a time: whether a whole day is entered. */
  readonly asDay?: boolean;
  readonly placeholder?: string;
  /** Told of what is entered, empty for nothing; with a day, of the zone whose it is. */
  onEnter(text: string, zone?: string): void;
}

const MAX_TEXT_LENGTH = 10_000;

/** One value, entered as fits its type. */
export function SingleInput({ label, describedBy, type, value, onEnter, ...rest }: SingleInputProps) {
  const { zone, asDay = false, placeholder = 'Text' } = rest;
  // Mantine would put its own description in the place of ours.
  const named = { 'aria-label': label, 'aria-describedby': describedBy, withAria: false };
  const onChange = ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
    onEnter(currentTarget.value);
  const input = { ...named, value: value ?? '', onChange };
  if (type === 'boolean') return <NativeSelect {...input} data={yesAndNo} />;
  if (type === 'date') return <TextInput {...input} type="date" max="9999-12-31" />;
  if (type === 'timestamp')
    return (
      <MomentInput
        label={label}
        describedBy={describedBy}
        value={input.value}
        zone={zone}
        asDay={asDay}
        onEnter={onEnter}
      />
    );
  if (type === 'text') {
    const shown = value === undefined ? placeholder : 'an empty text';
    return <TextInput {...input} maxLength={MAX_TEXT_LENGTH} placeholder={shown} />;
  }
  return <TextInput {...input} inputMode={type === 'integer' ? 'numeric' : 'decimal'} placeholder="Number" />;
}

const yesAndNo = [
  { value: '', label: 'Yes or no?' },
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];
