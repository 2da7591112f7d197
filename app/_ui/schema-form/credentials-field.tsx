'use client';

import { choicesOf, type Problems, type Schema } from './schema.ts';
import { UnionField } from './union-field.tsx';

interface CredentialsFieldProps {
  readonly schema: Schema;
  /** Null: none. Undefined: those that are stored are kept. */
  readonly value: unknown;
  onChange(value: unknown): void;
  readonly problems: Problems;
  /** Whether there are some that were entered before, which are never shown. */
  readonly stored?: boolean;
}

const none = { label: 'None', value: null };
const kept = { label: 'Set: keep them', value: undefined };

/** How a source is told who asks, or that nobody needs to be told. */
export function CredentialsField({ schema, value, onChange, problems, stored }: CredentialsFieldProps) {
  return (
    <UnionField
      name="credentials"
      label={schema.title ?? 'Credentials'}
      description="What the source asks for before it answers. They are stored encrypted and never shown again."
      options={choicesOf(schema) ?? [schema]}
      value={value}
      onChange={onChange}
      problems={problems}
      path="credentials"
      otherwise={stored ? [kept, none] : [none]}
    />
  );
}
