'use client';

import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { type FieldProps, placeholderOf, shared } from './schema-field.tsx';

const MEGABYTE = 1_000_000;

/** A number within its bounds. */
export function NumberField(props: FieldProps) {
  const { schema, value, onChange } = props;
  const { minimum, maximum, input } = schema;
  // While one types, nothing stands there in place of what a form has by itself.
  const [isEmpty, setEmpty] = useState(false);
  const [unit, suffix] = input === 'megabytes' ? [MEGABYTE, ' MB'] : [1, ''];
  const change = (next: number | string) => {
    setEmpty(next === '');
    onChange(typeof next === 'number' ? Math.round(next * unit * 1e6) / 1e6 : undefined);
  };
  return (
    <NumberInput
      {...shared(props)}
      value={typeof value === 'number' && !isEmpty ? value / unit : ''}
      onChange={change}
      onBlur={() => setEmpty(false)}
      suffix={suffix}
      thousandSeparator=" "
      allowDecimal={schema.type === 'number' || unit !== 1}
      {...(minimum !== undefined && { min: minimum / unit })}
      {...(maximum !== undefined && { max: maximum / unit })}
      placeholder={placeholderOf(schema)}
      maw={420}
    />
  );
}
