'use client';

import { Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import type { NumbersDraft } from './safeguard-draft.ts';

interface SafeguardNumbersProps {
  readonly numbers: NumbersDraft;
  readonly problems: Readonly<Record<string, string>>;
  onChange(numbers: NumbersDraft): void;
}

type Field = readonly [name: keyof NumbersDraft, label: string];

const groups: readonly (readonly [legend: string, explanation: string, fields: readonly Field[]])[] = [
  [
    'When a delete waits for a person',
    'Rows that are gone from the source are removed, unless they are so many that it may be a fault: at least this many and at least this share of all, or this many whatever the share.',
    [
      ['guardRows', 'Rows, at least'],
      ['guardPercent', 'Share of all rows, %'],
      ['guardMost', 'Always from, rows'],
    ],
  ],
  [
    'When a sync stops for rejected rows',
    'A sync that sets aside at least this many rows, and at least this share of those it has read, stops before it writes more.',
    [
      ['rejectRows', 'Rejected rows, at least'],
      ['rejectPercent', 'Share of rows read, %'],
    ],
  ],
  [
    'Earlier answers',
    'A check, preview or sync that the API asks for may use answers of the source that are this old; 0 asks it each time. These pages and the schedule always ask.',
    [['cacheMinutes', 'Minutes']],
  ],
];

/** From when on deletes are held and syncs stopped, and how old an answer may be. */
export function SafeguardNumbers({ numbers, problems, onChange }: SafeguardNumbersProps) {
  return groups.map(([legend, explanation, fields]) => (
    <Fieldset key={legend} legend={legend}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed" maw={560}>
          {explanation}
        </Text>
        <Group align="flex-start" gap="sm">
          {fields.map(([name, label]) => (
            <TextInput
              key={name}
              label={label}
              inputMode="decimal"
              value={numbers[name]}
              onChange={(event) => onChange({ ...numbers, [name]: event.currentTarget.value })}
              error={problems[name]}
              w={190}
            />
          ))}
        </Group>
      </Stack>
    </Fieldset>
  ));
}
