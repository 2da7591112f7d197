'use client';

import { Fieldset, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useId } from 'react';
import type { OptionSchema } from '#lib/exports/formats/catalog.ts';
import { recommendedFormat } from './recommended-format.ts';
import type { StepProps } from './step-props.ts';

/** The third step: how the file is written, made from what the format says of its options. */
export function OptionsStep({ draft, change, columns, formats, errors }: StepProps) {
  const { id } = draft.format ? { id: draft.format } : recommendedFormat(draft, columns);
  const format = formats.find((each) => each.id === id);
  const values = draft.options[id] ?? {};
  const offered = Object.entries(format?.options ?? {}).filter(([, option]) => isChoice(option));
  const set = (name: string, value: unknown) =>
    change({ options: { ...draft.options, [id]: { ...values, [name]: value } } });
  return (
    <Stack>
      <Text c="dimmed">
        Everything here has a good answer already: change only what your program asks for.
      </Text>
      <Fieldset legend={format?.label}>
        <Stack gap="lg">
          {offered.map(([name, option]) => (
            <OptionField
              key={name}
              option={option}
              value={values[name] ?? option.default}
              error={errors[`format.options.${name}`]}
              onChange={(value) => set(name, value)}
            />
          ))}
        </Stack>
      </Fieldset>
      <Fieldset legend="Compression">
        <OptionField
          option={compression}
          value={draft.compression}
          error={errors.compression}
          onChange={(value) => change({ compression: value === 'gzip' ? 'gzip' : 'none' })}
        />
      </Fieldset>
    </Stack>
  );
}

const compression: OptionSchema = {
  type: 'string',
  title: 'Make the file smaller',
  description:
    'A gzip file ends in .gz, is often a tenth of the size, and has to be unpacked before it opens in Excel.',
  default: 'none',
  enum: ['none', 'gzip'],
  labels: { none: 'As it is', gzip: 'gzip' },
};

/** Whether a switch or a row of buttons can offer it. */
function isChoice(option: OptionSchema): boolean {
  return option.type === 'boolean' || option.enum !== undefined;
}

interface OptionFieldProps {
  readonly option: OptionSchema;
  readonly value: unknown;
  readonly error: string | undefined;
  onChange(value: boolean | string): void;
}

function OptionField(props: OptionFieldProps) {
  const { option, value, error, onChange } = props;
  if (option.type !== 'boolean') return <ChoiceField {...props} />;
  return (
    <Switch
      label={option.title}
      description={option.description}
      checked={value === true}
      error={error}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function ChoiceField({ option, value, error, onChange }: OptionFieldProps) {
  const id = useId();
  const data = (option.enum ?? []).map((each) => ({ value: each, label: option.labels?.[each] ?? each }));
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={500} id={id}>
        {option.title}
      </Text>
      <Text size="xs" c="dimmed">
        {option.description}
      </Text>
      <SegmentedControl
        data={data}
        value={String(value)}
        onChange={onChange}
        aria-labelledby={id}
        style={{ flexWrap: 'wrap' }}
      />
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </Stack>
  );
}
