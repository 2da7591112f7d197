'use client';

import { Autocomplete, PasswordInput, Select, TextInput } from '@mantine/core';
import { ZoneSelect } from '#app/_ui/zone-select.tsx';
import { useChoices } from './offered-choices.ts';
import { meantText, shownText } from './schema.ts';
import { type FieldProps, placeholderOf, shared } from './schema-field.tsx';

const COLOR = { wrapper: { maxWidth: 120 } };

/** A text: typed, or chosen where something can be offered for it. */
export function TextField(props: FieldProps) {
  const { schema, value, onChange } = props;
  const text = shownText(value);
  const choices = useChoices(schema, [text]);
  const take = (next: string) => onChange(meantText(next));
  if (schema.input === 'timeZone') {
    return (
      <ZoneSelect
        {...shared(props)}
        maw={420}
        value={text || null}
        onChange={(zone) => onChange(zone ?? '')}
      />
    );
  }
  if (choices) {
    return (
      <Select
        {...shared(props)}
        data={choices}
        value={text || null}
        searchable
        clearable={!props.required}
        allowDeselect={false}
        nothingFoundMessage="Nothing of that name"
        maw={420}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    );
  }
  const input = { ...shared(props), placeholder: placeholderOf(schema), maw: 640, autoComplete: 'off' };
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
  const isColor = schema.input === 'color';
  return (
    <TextInput
      {...input}
      {...(isColor && { type: 'color', styles: COLOR })}
      value={text}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}
