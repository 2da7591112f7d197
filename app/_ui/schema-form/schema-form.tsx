'use client';

import { Stack } from '@mantine/core';
import { FileLocation } from './file-location.tsx';
import {
  fieldsOf,
  hasFileLocation,
  isWrong,
  type Problems,
  pathOf,
  type Schema,
  type Values,
  withValue,
} from './schema.ts';
import { SchemaField } from './schema-field.tsx';
import { SectionField } from './section-field.tsx';

export interface SchemaFormProps {
  readonly schema: Schema;
  readonly values: Values;
  onChange(values: Values): void;
  readonly problems: Problems;
  /** Where the values stand in `problems`. */
  readonly path: string;
}

/** A form made from the JSON Schema of an object; what may be left out is folded away. */
export function SchemaForm({ schema, values, onChange, problems, path }: SchemaFormProps) {
  const { main, more } = fieldsOf(schema);
  const fields = (list: [string, Schema][]) =>
    list.map(([name, field]) => (
      <SchemaField
        key={name}
        name={name}
        schema={field}
        required={schema.required?.includes(name) ?? false}
        value={values[name]}
        onChange={(value) => onChange(withValue(values, name, value, field))}
        problems={problems}
        path={pathOf(path, name)}
      />
    ));
  const isEntered = more.some(([name]) => values[name] !== undefined);
  const hasProblem = more.some(([name]) => isWrong(problems, pathOf(path, name)));
  return (
    <Stack>
      {hasFileLocation(schema) && (
        <FileLocation schema={schema} values={values} onChange={onChange} problems={problems} path={path} />
      )}
      {fields(main)}
      {more.length > 0 && (
        <SectionField title="More options" initiallyOpen={isEntered} isWrong={hasProblem}>
          {fields(more)}
        </SectionField>
      )}
    </Stack>
  );
}
