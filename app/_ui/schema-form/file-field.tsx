'use client';

import { Input } from '@mantine/core';
import { FileDrop } from './file-drop.tsx';
import type { FieldProps } from './schema-field.tsx';
import { shared } from './schema-field.tsx';

/** An uploaded file, by its id. */
export function FileField(props: FieldProps) {
  const { value, onChange } = props;
  return (
    <Input.Wrapper {...shared(props)} labelElement="div">
      <FileDrop upload={typeof value === 'string' && value !== '' ? value : null} onUploaded={onChange} />
    </Input.Wrapper>
  );
}
