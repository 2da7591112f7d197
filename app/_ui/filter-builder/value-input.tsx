'use client';

import { NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { useFormat } from '#app/_ui/format.tsx';
import type { ColumnType } from '#lib/core/columns.ts';
import { toLocal, toUtc } from './local-time.ts';

interface ValueInputProps {
  readonly label: string;
  /** The id of the text that says what is missing. */
  readonly describedBy: string | undefined;
  readonly type: ColumnType;
  readonly isList: boolean;
  readonly values: readonly string[];
  onChange(values: readonly string[]): void;
}

const MAX_LIST = 1_000;
const MAX_TEXT_LENGTH = 10_000;

/** What a condition compares with, entered as fits the column's type. */
export function ValueInput({ label, describedBy, type, isList, values, onChange }: ValueInputProps) {
  const { timeZone } = useFormat();
  const [value = ''] = values;
  const named = { 'aria-label': label, 'aria-describedby': describedBy };
  const enter = (text: string | undefined) => onChange(text ? [text] : []);
  const input = { ...named, value, onChange: onText(enter) };
  if (isList) return <ListInput named={named} type={type} values={values} onChange={onChange} />;
  if (type === 'boolean') return <NativeSelect {...input} data={yesAndNo} />;
  if (type === 'date') return <TextInput {...input} type="date" max="9999-12-31" />;
  if (type === 'timestamp')
    return (
      <TextInput
        {...named}
        type="datetime-local"
        max="9999-12-31T23:59"
        step="any"
        description={`Time in ${timeZone}`}
        inputWrapperOrder={['input', 'description']}
        value={toLocal(value, timeZone)}
        onChange={onText((local) => enter(toUtc(local, timeZone)))}
      />
    );
  if (type === 'text') {
    const placeholder = values.length > 0 ? 'an empty text' : 'Text';
    return <TextInput {...input} maxLength={MAX_TEXT_LENGTH} placeholder={placeholder} />;
  }
  return <TextInput {...input} inputMode={type === 'integer' ? 'numeric' : 'decimal'} placeholder="Number" />;
}

const yesAndNo = [
  { value: '', label: 'Yes or no?' },
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];

interface ListInputProps extends Pick<ValueInputProps, 'type' | 'values' | 'onChange'> {
  readonly named: object;
}

function ListInput({ named, type, values, onChange }: ListInputProps) {
  const isText = type === 'text';
  return (
    <TagsInput
      {...named}
      value={[...values]}
      onChange={onChange}
      maxTags={MAX_LIST}
      splitChars={isText ? ['\n'] : [',', ';', ' ', '\n']}
      placeholder={type === 'date' ? '2026-01-31, then Enter' : 'Type, then Enter'}
    />
  );
}

function onText(take: (text: string) => void) {
  return ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) =>
    take(currentTarget.value);
}
