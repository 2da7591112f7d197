'use client';

import { Select, Stack } from '@mantine/core';
import { chosenOption, emptyOf, optionLabel, type Problems, type Schema } from './schema.ts';
import { SchemaField } from './schema-field.tsx';

interface UnionFieldProps {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly options: readonly Schema[];
  readonly value: unknown;
  onChange(value: unknown): void;
  readonly problems: Problems;
  readonly path: string;
  /** What it means to choose none of them, each with the value that it stands for. */
  readonly otherwise?: readonly { readonly label: string; readonly value: null | undefined }[];
}

/** A choice between forms: what is chosen is asked for below. */
export function UnionField(props: UnionFieldProps) {
  const { name, label, description, options, value, onChange, problems, path, otherwise = [] } = props;
  const index = chosenOption(options, value);
  const chosen = options[index];
  const other = otherwise.findIndex((one) => one.value === value);
  const data = [
    ...otherwise.map((one, place) => ({ value: `otherwise ${place}`, label: one.label })),
    ...options.map((option, place) => ({ value: `option ${place}`, label: optionLabel(option) })),
  ];
  const choose = (next: string | null) => {
    const [kind, place] = (next ?? '').split(' ');
    if (kind === 'option') onChange(emptyOf(options[Number(place)] ?? {}));
    else onChange(otherwise[Number(place)]?.value);
  };
  return (
    <Stack gap="sm">
      <Select
        label={label}
        description={chosen?.description ?? description}
        data={data}
        value={index >= 0 ? `option ${index}` : `otherwise ${other}`}
        onChange={choose}
        allowDeselect={false}
        error={problems[path]}
        maw={420}
      />
      {chosen && (
        <SchemaField
          name={name}
          schema={chosen}
          required
          value={value}
          onChange={onChange}
          problems={problems}
          path={path}
        />
      )}
    </Stack>
  );
}
