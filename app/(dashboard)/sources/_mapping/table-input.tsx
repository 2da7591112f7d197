'use client';

import { ActionIcon, Button, Group, InputWrapper, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { TableLine } from './transform-draft.ts';

interface TableInputProps {
  readonly label: string;
  readonly description?: string | undefined;
  readonly lines: readonly TableLine[];
  onChange(lines: readonly TableLine[]): void;
}

/** Texts, and what becomes of each; there is always a line to write on. */
export function TableInput({ label, description, lines, onChange }: TableInputProps) {
  const shown: readonly TableLine[] = lines.length === 0 ? [['', '']] : lines;
  const places = shown.map(([from, to], place) => ({ from, to, place }));
  const write = (place: number, line: TableLine) => onChange(shown.with(place, line));
  return (
    <InputWrapper label={label} description={description} component="fieldset" w="100%">
      <Stack gap={6} mt={4}>
        {places.map(({ from, to, place }) => (
          <Group key={place} gap={6} wrap="nowrap">
            <TextInput
              aria-label={`Text ${place + 1}`}
              value={from}
              onChange={(event) => write(place, [event.currentTarget.value, to])}
              flex={1}
            />
            <Text span aria-hidden>
              →
            </Text>
            <TextInput
              aria-label={`What becomes of text ${place + 1}`}
              value={to}
              onChange={(event) => write(place, [from, event.currentTarget.value])}
              flex={1}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove text ${place + 1}`}
              onClick={() => onChange(shown.toSpliced(place, 1))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => onChange([...shown, ['', '']])}
          >
            Another text
          </Button>
        </Group>
      </Stack>
    </InputWrapper>
  );
}
