'use client';

import { NumberInput } from '@mantine/core';
import type { QueryProps } from './step-props.ts';

interface LimitInputProps extends Pick<QueryProps, 'draft' | 'change' | 'errors'> {
  readonly description: string;
  readonly disabled?: boolean;
}

/** At how many rows to stop. */
export function LimitInput({ draft, change, errors, description, disabled = false }: LimitInputProps) {
  return (
    <NumberInput
      label="At most so many rows"
      description={description}
      placeholder="All rows"
      maw={320}
      min={1}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=" "
      disabled={disabled}
      value={draft.limit ?? ''}
      error={errors.limit}
      onChange={(value) => change({ limit: value === '' ? undefined : Number(value) })}
    />
  );
}
