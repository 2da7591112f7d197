'use client';

import { Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { durationWords, linkHours } from '#app/(dashboard)/exports/_components/link-hours.ts';
import type { StepProps } from './step-props.ts';

/** The last step: where the file goes, and what the export is called. */
export function DeliveryStep({ draft, change, errors }: StepProps) {
  const { destination } = draft;
  const hours = [...new Set([...linkHours, destination.expiresInHours])].sort((a, b) => a - b);
  return (
    <Stack maw={480}>
      <TextInput
        label="Name of the export"
        description="You find it by this name, and its files are named after it."
        placeholder="Stock for the accountant"
        required
        maxLength={200}
        value={draft.name}
        error={errors.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Radio
        checked
        readOnly
        label="Download"
        description="The file is kept for 30 days. Download it here, or send its link to somebody."
      />
      <Select
        label="The link works for"
        description="Whoever has the link can download the file without signing in."
        data={hours.map((each) => ({ value: String(each), label: durationWords(each) }))}
        value={String(destination.expiresInHours)}
        error={errors['destination.expiresInHours']}
        allowDeselect={false}
        onChange={(value) =>
          value && change({ destination: { ...destination, expiresInHours: Number(value) } })
        }
      />
      <Text size="sm" c="dimmed">
        A new link can be copied from the export’s history at any time while the file is kept.
      </Text>
    </Stack>
  );
}
