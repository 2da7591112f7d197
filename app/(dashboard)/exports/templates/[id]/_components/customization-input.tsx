'use client';

import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import type { ChosenValue } from '#lib/exports/templates/customize.ts';
import type { Customization } from '#lib/exports/templates/schema.ts';

interface CustomizationInputProps {
  readonly customization: Customization;
  readonly value: ChosenValue;
  readonly error: string | undefined;
  onChange(value: ChosenValue): void;
}

/** One question of a template, with the control that fits its type. */
export function CustomizationInput({ customization, value, error, onChange }: CustomizationInputProps) {
  const { field, label = field, description, type, options = [], labels = {} } = customization;
  const shown = { label, description, error };
  if (type === 'boolean') {
    return (
      <Switch
        {...shown}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (type === 'select') {
    return (
      <NativeSelect
        {...shown}
        value={String(value)}
        data={options.map((each) => ({ value: each, label: labels[each] ?? each }))}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (type === 'number') {
    return (
      <NumberInput
        {...shown}
        value={Number(value)}
        onChange={(next) => typeof next === 'number' && onChange(next)}
      />
    );
  }
  return (
    <TextInput
      {...shown}
      type={type === 'date' ? 'date' : 'text'}
      value={String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
