'use client';

import { Input, MultiSelect, Stack, TagsInput } from '@mantine/core';
import { EditableList } from '#app/_ui/editable-list.tsx';
import { useChoices } from './offered-choices.ts';
import { emptyOf, labelOf, type Schema, type Values } from './schema.ts';
import type { FieldProps } from './schema-field.tsx';
import { SchemaForm } from './schema-form.tsx';

/** A list: of forms that can be added and put into another order, or of texts, chosen where that can be. */
export function ListField(props: FieldProps) {
  const { schema, value, problems, path, onChange } = props;
  const items = (Array.isArray(value) ? value : []) as readonly unknown[];
  if (schema.items?.type !== 'object') return <Texts {...props} texts={items.map(String)} />;
  const item = schema.items;
  const mayGrow = schema.maxItems === undefined || items.length < schema.maxItems;
  return (
    <Stack gap="xs">
      <EditableList
        items={items}
        onChange={onChange}
        nameOf={(each, place) => nameOf(each, item) ?? `${labelOf(schema, props.name)}, ${place + 1}`}
        addLabel="Add"
        newItem={mayGrow ? () => emptyOf(item) : undefined}
      >
        {(each, place, replace) => (
          <SchemaForm
            schema={item}
            values={(each ?? {}) as Values}
            onChange={replace}
            problems={problems}
            path={`${path}.${place}`}
          />
        )}
      </EditableList>
      {problems[path] && <Input.Error>{problems[path]}</Input.Error>}
    </Stack>
  );
}

/** By what is entered first. */
function nameOf(item: unknown, { properties = {} }: Schema): string | undefined {
  const values = (item ?? {}) as Values;
  const texts = Object.keys(properties).map((name) => values[name]);
  return texts.find((text): text is string => typeof text === 'string' && text !== '');
}

function Texts({ texts, ...props }: FieldProps & { readonly texts: readonly string[] }) {
  const { name, schema, required, problems, path, onChange } = props;
  const { items = {}, maxItems, description } = schema;
  const choices = useChoices(items, texts);
  const place = texts.findIndex((_, each) => problems[`${path}.${each}`]);
  const problem =
    problems[path] ?? (place === -1 ? undefined : `${texts[place]}: ${problems[`${path}.${place}`]}`);
  const input = {
    label: labelOf(schema, name),
    description,
    withAsterisk: required,
    error: problem,
    value: [...texts],
    onChange,
    maw: 640,
  };
  if (!choices)
    return (
      <TagsInput {...input} maxTags={maxItems ?? Number.POSITIVE_INFINITY} placeholder="Type, then Enter" />
    );
  return (
    <MultiSelect
      {...input}
      data={choices}
      searchable
      hidePickedOptions
      maxValues={maxItems ?? Number.POSITIVE_INFINITY}
      nothingFoundMessage="Nothing of that name"
    />
  );
}
