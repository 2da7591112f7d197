'use client';

import { ChoiceField } from './choice-field.tsx';
import { FileField } from './file-field.tsx';
import { ListField } from './list-field.tsx';
import { NumberField } from './number-field.tsx';
import { RecordField } from './record-field.tsx';
import {
  choicesOf,
  isSection,
  isWrong,
  labelOf,
  type Problems,
  type Schema,
  shownText,
  type Values,
} from './schema.ts';
import { SchemaForm } from './schema-form.tsx';
import { SectionField } from './section-field.tsx';
import { TextField } from './text-field.tsx';
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
  const { name, schema, value, problems, path } = props;
  if (!isSection(schema)) return <PlainField {...props} />;
  const isChanged = value !== undefined && JSON.stringify(value) !== JSON.stringify(schema.default);
  return (
    <SectionField
      title={labelOf(schema, name)}
      description={schema.description}
      initiallyOpen={isChanged}
      isWrong={isWrong(problems, path)}
    >
      <PlainField {...props} required value={value ?? schema.default} />
    </SectionField>
  );
}

function PlainField(given: FieldProps) {
  const props = { ...given, value: given.value ?? given.schema.default };
  const { schema, required, value, onChange } = props;
  const choices = choicesOf(schema);
  if (choices) return <ChosenField {...props} options={choices} />;
  if (schema.type === 'array') return <ListField {...props} />;
  if (schema.type === 'object' && !schema.properties) return <RecordField {...props} />;
  if (schema.type === 'object' && !required) return <ChosenField {...props} options={[schema]} />;
  if (schema.type === 'object') {
    return <SchemaForm {...props} values={(value ?? {}) as Values} onChange={onChange} />;
  }
  if (schema.type === 'boolean' || schema.enum) return <ChoiceField {...props} />;
  if (schema.type === 'integer' || schema.type === 'number') return <NumberField {...props} />;
  if (schema.input === 'upload') return <FileField {...props} />;
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

/** What every input is given. */
export function shared({ name, schema, required, problems, path }: FieldProps) {
  const { description } = schema;
  return {
    label: labelOf(schema, name),
    ...(description !== undefined && { description }),
    withAsterisk: required,
    error: problems[path],
  };
}

/** An example, where there is one. */
export function placeholderOf({ examples = [] }: Schema): string {
  return examples[0] === undefined ? '' : `e.g. ${shownText(examples[0])}`;
}
