'use client';

import { Text } from '@mantine/core';
import { shownValue } from '#app/_ui/change-words.ts';
import { useFormat } from '#app/_ui/format.tsx';
import type { Formats } from '#app/_ui/formats.ts';
import type { FieldEdit } from '#lib/datasets/row-origin.ts';

/** Who has edited a field, when, and what its source says. */
export function editInWords({ by, at, base }: FieldEdit, { dateTime }: Formats): string {
  return `Edited by ${by ?? 'somebody who has left'}, ${dateTime(at)}. The source says: ${shownValue(base)}`;
}

/** The same beside the field. */
export function EditNote({ edit }: { edit: FieldEdit }) {
  const formats = useFormat();
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }} suppressHydrationWarning>
      {editInWords(edit, formats)}
    </Text>
  );
}
