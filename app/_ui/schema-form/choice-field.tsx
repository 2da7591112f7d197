'use client';

import { Input, SegmentedControl, Select, Stack, Switch, Text } from '@mantine/core';
import { useId } from 'react';
import { choiceLabel, labelOf, type Schema } from './schema.ts';
import { type FieldProps, shared } from './schema-field.tsx';

/** So many letters of all choices stand side by side, on a small screen too. */
const MAX_LETTERS = 44;

/** A yes or no, or one of several values. What may be left out is guessed, unless it says what that means. */
export function ChoiceField(props: FieldProps) {
  const { schema, value, onChange } = props;
  if (schema.default === undefined) return <GuessedChoice {...props} />;
  if (schema.type === 'boolean') {
    const { withAsterisk: _, ...given } = shared(props);
    return (
      <Switch
        {...given}
        checked={value === true}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
    );
  }
  const data = choicesIn(schema);
  const letters = data.reduce((sum, { label }) => sum + label.length, 0);
  return letters <= MAX_LETTERS ? (
    <Buttons {...props} data={data} />
  ) : (
    <Select
      {...shared(props)}
      data={data}
      value={String(value)}
      allowDeselect={false}
      maw={420}
      onChange={onChange}
    />
  );
}

function choicesIn(schema: Schema) {
  return (schema.enum ?? []).map((value) => ({ value, label: choiceLabel(schema, value) }));
}

/** Empty values are among those that are chosen, and radio buttons need some value to be told apart by. */
function Buttons({
  name,
  schema,
  value,
  problems,
  path,
  onChange,
  data,
}: FieldProps & { readonly data: ReturnType<typeof choicesIn> }) {
  const id = useId();
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={600} id={id}>
        {labelOf(schema, name)}
      </Text>
      <Text size="xs" c="dimmed">
        {schema.description}
      </Text>
      <SegmentedControl
        data={data}
        value={String(value)}
        onChange={onChange}
        aria-labelledby={id}
        style={{ flexWrap: 'wrap' }}
      />
      {problems[path] && <Input.Error role="alert">{problems[path]}</Input.Error>}
    </Stack>
  );
}

const GUESS = 'guess';

function GuessedChoice(props: FieldProps) {
  const { schema, required, value, onChange } = props;
  const isBoolean = schema.type === 'boolean';
  const data = isBoolean
    ? [
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ]
    : choicesIn(schema);
  const chosen = value === undefined || value === '' ? GUESS : String(value);
  return (
    <Select
      {...shared(props)}
      data={required ? data : [{ value: GUESS, label: schema.absentTitle ?? 'Guess' }, ...data]}
      value={chosen}
      onChange={(next) =>
        onChange(next === GUESS || next === null ? undefined : isBoolean ? next === 'true' : next)
      }
      allowDeselect={false}
      maw={420}
    />
  );
}
