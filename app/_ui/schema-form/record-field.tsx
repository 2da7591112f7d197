'use client';

import { ActionIcon, Button, Fieldset, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { additional, labelOf } from './schema.ts';
import type { FieldProps } from './schema-field.tsx';

/** Pairs of a name and a value, such as headers, under what the schema says of them. */
export function RecordField({ name, schema, value, onChange, problems, path }: FieldProps) {
  const pairs = Object.entries((value ?? {}) as Readonly<Record<string, string>>);
  const rows = pairs.map(([key, text], place) => ({ key, text, place }));
  const member = additional(schema);
  const names = schema.propertyNames ?? {};
  const change = (place: number, pair: [string, string] | null) =>
    onChange(Object.fromEntries(pair ? pairs.with(place, pair) : pairs.toSpliced(place, 1)));
  const Value = member.secret ? PasswordInput : TextInput;
  return (
    <Fieldset legend={labelOf(schema, name)} maw={640}>
      <Stack gap="sm">
        <Note text={schema.description} />
        {rows.map(({ key, text, place }) => (
          <Group key={place} align="flex-start" gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              label={labelOf(names, 'Name')}
              value={key}
              placeholder={names.examples ? `e.g. ${names.examples[0]}` : ''}
              onChange={(event) => change(place, [event.currentTarget.value, text])}
            />
            <Value
              flex={1}
              label={labelOf(member, 'Value')}
              value={text}
              autoComplete="off"
              error={problems[`${path}.${key}`]}
              onChange={(event) => change(place, [key, event.currentTarget.value])}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              mt={28}
              aria-label={`Remove ${key || 'this pair'}`}
              onClick={() => change(place, null)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {problems[path] && (
          <Text size="sm" c="var(--mantine-color-error)">
            {problems[path]}
          </Text>
        )}
        <Button
          variant="default"
          size="xs"
          disabled={pairs.some(([key]) => key === '')}
          onClick={() => onChange({ ...Object.fromEntries(pairs), '': '' })}
        >
          Add another
        </Button>
      </Stack>
    </Fieldset>
  );
}

function Note({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  );
}
