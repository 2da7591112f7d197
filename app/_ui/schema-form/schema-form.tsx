'use client';

import { Button, Collapse, Stack } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { FileLocation } from './file-location.tsx';
import { fieldsOf, hasFileLocation, type Problems, type Schema, type Values, withValue } from './schema.ts';
import { SchemaField } from './schema-field.tsx';

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
        onChange={(value) => onChange(withValue(values, name, value))}
        problems={problems}
        path={`${path}.${name}`}
      />
    ));
  const isOpen = more.some(([name]) => values[name] !== undefined || problems[`${path}.${name}`]);
  return (
    <Stack>
      {hasFileLocation(schema) && (
        <FileLocation schema={schema} values={values} onChange={onChange} problems={problems} path={path} />
      )}
      {fields(main)}
      {more.length > 0 && <MoreOptions initiallyOpen={isOpen}>{fields(more)}</MoreOptions>}
    </Stack>
  );
}

function MoreOptions({ initiallyOpen, children }: { initiallyOpen: boolean; children: React.ReactNode }) {
  const [opened, setOpened] = useState(initiallyOpen);
  const id = useId();
  const isOpen = opened || initiallyOpen;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={
          isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />
        }
        onClick={() => setOpened(!isOpen)}
        aria-expanded={isOpen}
        aria-controls={id}
      >
        More options
      </Button>
      <Collapse expanded={isOpen} id={id}>
        <Stack pt="sm">{children}</Stack>
      </Collapse>
    </div>
  );
}
