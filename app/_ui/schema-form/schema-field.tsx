'use client';

import { Autocomplete, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { RecordField } from './record-field.tsx';
import {
  choicesOf,
  labelOf,
  meantText,
  type Problems,
  type Schema,
  shownText,
  type Values,
} from './schema.ts';
import { SchemaForm } from './schema-form.tsx';
import { UnionField } from './union-field.tsx';

export interface FieldProps {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly value: unknown;
  onChange(value: unknown): void;
  readonly problems: Problems;
  /** Where the value stands in `problems`. */
  readonly path: string;
}

/** One field of a form, as its schema says. */
export function SchemaField(props: FieldProps) {
  const { schema, required, value, onChange } = props;
  const choices = choicesOf(schema);
  if (choices) return <ChosenField {...props} options={choices} />;
  if (schema.type === 'object' && !schema.properties) return <RecordField {...props} />;
  if (schema.type === 'object' && !required) return <ChosenField {...props} options={[schema]} />;
  if (schema.type === 'object') {
    return <SchemaForm {...props} values={(value ?? {}) as Values} onChange={onChange} />;
  }
  if (schema.type === 'boolean' || schema.enum) return <ChoiceField {...props} />;
  if (schema.type === 'integer' || schema.type === 'number') return <NumberField {...props} />;
  return <TextField {...props} />;
}

/** One of several forms, or none where that may be. */
function ChosenField({ options, ...props }: FieldProps & { readonly options: readonly Schema[] }) {
  const { schema, name, required } = props;
  const absent = { label: schema.absentTitle ?? 'None', value: undefined };
  return (
    <UnionField
      {...props}
      label={labelOf(schema, name)}
      {...(schema.description !== undefined && { description: schema.description })}
      options={options}
      otherwise={required ? [] : [absent]}
    />
  );
}

function shared({ name, schema, required, problems, path }: FieldProps) {
  const { description } = schema;
  return {
    label: labelOf(schema, name),
    ...(description !== undefined && { description }),
    withAsterisk: required,
    error: problems[path],
  };
}

/** What may be left out is guessed, unless it says what that means. */
function ChoiceField(props: FieldProps) {
  const { schema, required, value, onChange } = props;
  const isBoolean = schema.type === 'boolean';
  const data = isBoolean
    ? [
        { value: 'true', label: 'Yes' },
        { value: 'false', label: 'No' },
      ]
    : (schema.enum ?? []).map((one) => ({ value: one, label: schema.enumTitles?.[one] ?? one }));
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

const GUESS = 'guess';

function NumberField(props: FieldProps) {
  const { schema, value, onChange } = props;
  return (
    <NumberInput
      {...shared(props)}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
      allowDecimal={schema.type === 'number'}
      {...(schema.minimum !== undefined && { min: schema.minimum })}
      {...(schema.maximum !== undefined && { max: schema.maximum })}
      placeholder={placeholderOf(schema)}
      maw={420}
    />
  );
}

function TextField(props: FieldProps) {
  const { schema, value, onChange } = props;
  const input = { ...shared(props), placeholder: placeholderOf(schema), maw: 640, autoComplete: 'off' };
  const text = shownText(value);
  const take = (next: string) => onChange(meantText(next));
  if (schema.secret) {
    return (
      <PasswordInput
        {...input}
        autoComplete="new-password"
        value={text}
        onChange={(event) => take(event.currentTarget.value)}
      />
    );
  }
  const examples = schema.examples ?? [];
  if (examples.length > 1) {
    return <Autocomplete {...input} maw={420} data={examples.map(shownText)} value={text} onChange={take} />;
  }
  return <TextInput {...input} value={text} onChange={(event) => take(event.currentTarget.value)} />;
}

function placeholderOf({ examples = [] }: Schema): string {
  return examples[0] === undefined ? '' : `e.g. ${shownText(examples[0])}`;
}
