'use client';

import { type InputWrapperProps, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import { filterText } from '#lib/datasets/filter-values.ts';
import { toLocal, toUtc } from './local-time.ts';

interface MomentInputProps {
  readonly label: string;
  /** The id of the text that says what is missing. */
  readonly describedBy: string | undefined;
  readonly value: string;
  /** Whose clocks the value is of, where it has no offset. */
  readonly zone: string | undefined;
  /** Whether a whole day is entered, and not a moment. */
  readonly asDay: boolean;
  /** Told of a moment in UTC, or of a day and the zone whose it is. */
  onEnter(text: string, zone?: string): void;
}

const inputFirst: NonNullable<InputWrapperProps['inputWrapperOrder']> = ['input', 'description'];

/** A moment on the clocks of the person, or a whole day in the zone that is said. */
export function MomentInput({ label, describedBy, value, zone, asDay, onEnter }: MomentInputProps) {
  const { timeZone } = useFormat();
  const clockId = useId();
  const named = {
    'aria-label': label,
    'aria-describedby': [clockId, describedBy].filter(Boolean).join(' '),
    withAria: false,
    descriptionProps: { id: clockId },
    inputWrapperOrder: inputFirst,
  };
  if (asDay) {
    const ofZone = zone ?? (value ? 'UTC' : timeZone);
    return (
      <TextInput
        {...named}
        type="date"
        max="9999-12-31"
        description={`Day in ${ofZone}`}
        value={value}
        onChange={({ currentTarget }) => onEnter(currentTarget.value, ofZone)}
      />
    );
  }
  return (
    <TextInput
      {...named}
      type="datetime-local"
      max="9999-12-31T23:59"
      step="any"
      description={`Time in ${timeZone}`}
      value={toLocal(filterText(value, 'timestamp', zone) ?? value, timeZone)}
      onChange={({ currentTarget }) => onEnter(toUtc(currentTarget.value, timeZone) ?? '')}
    />
  );
}
