'use client';

import { Checkbox, Group } from '@mantine/core';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';

type FormatId = FormatInfo['id'];

interface FormatChoiceProps {
  readonly own: FormatId;
  readonly formats: readonly Pick<FormatInfo, 'id' | 'label'>[];
  readonly chosen: readonly FormatId[];
  readonly error: string | undefined;
  onChange(chosen: FormatId[]): void;
}

/** The formats in which a template can be applied, of which its own is always one. */
export function FormatChoice({ own, formats, chosen, error, onChange }: FormatChoiceProps) {
  return (
    <Checkbox.Group
      label="Formats to choose from"
      error={error}
      value={[own, ...chosen]}
      onChange={(ids) => onChange(formats.flatMap(({ id }) => (ids.includes(id) ? [id] : [])))}
    >
      <Group mt="xs">
        {formats.map(({ id, label }) => (
          <Checkbox key={id} value={id} label={label} disabled={id === own} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
