'use client';

import { ActionIcon, Group, Paper, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { ZoneSelect } from '#app/_ui/zone-select.tsx';
import { type TransformOption, transformCatalogue } from '#lib/datasets/transform-catalogue.ts';
import { TableInput } from './table-input.tsx';
import {
  entryOf,
  newTransform,
  type TableLine,
  type TransformDraft,
  transformProblem,
  withOption,
} from './transform-draft.ts';

interface TransformStepsProps {
  readonly transforms: readonly TransformDraft[];
  onChange(transforms: readonly TransformDraft[]): void;
}

const choices = transformCatalogue.map(({ name, label }) => ({ value: name, label }));

/** What is done to each value on its way, one step after the other. */
export function TransformSteps({ transforms, onChange }: TransformStepsProps) {
  const steps = transforms.map((transform, place) => ({ transform, place }));
  const swap = (place: number, other: number) => {
    const [one, two] = [transforms[place], transforms[other]];
    if (one && two) onChange(transforms.with(place, two).with(other, one));
  };
  return (
    <Stack gap="sm">
      {steps.map(({ transform, place }) => (
        <Paper key={place} withBorder p="sm">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Text size="sm" fw={600}>
                {place + 1}. {entryOf(transform.name).label}
              </Text>
              <Text size="xs" c="dimmed">
                {entryOf(transform.name).help}
              </Text>
            </div>
            <Group gap={4} wrap="nowrap">
              <StepButton label="Earlier" disabled={place === 0} onClick={() => swap(place, place - 1)}>
                <IconArrowUp size={16} aria-hidden />
              </StepButton>
              <StepButton
                label="Later"
                disabled={place === transforms.length - 1}
                onClick={() => swap(place, place + 1)}
              >
                <IconArrowDown size={16} aria-hidden />
              </StepButton>
              <StepButton label="Remove this step" onClick={() => onChange(transforms.toSpliced(place, 1))}>
                <IconTrash size={16} aria-hidden />
              </StepButton>
            </Group>
          </Group>
          <Options transform={transform} onChange={(next) => onChange(transforms.with(place, next))} />
        </Paper>
      ))}
      <Select
        label={transforms.length === 0 ? 'Change the value' : 'And then'}
        placeholder="Choose what to do"
        data={choices}
        value={null}
        onChange={(name) => name && onChange([...transforms, newTransform(name)])}
        maw={420}
      />
    </Stack>
  );
}

interface OptionsProps {
  readonly transform: TransformDraft;
  onChange(transform: TransformDraft): void;
}

function Options({ transform, onChange }: OptionsProps) {
  const { options } = entryOf(transform.name);
  const problem = transformProblem(transform);
  if (options.length === 0) return null;
  return (
    <>
      <Group mt="xs" align="flex-start" grow preventGrowOverflow={false}>
        {options.map((option) => (
          <Option
            key={option.name}
            option={option}
            value={transform.options[option.name]}
            onChange={(value) => onChange(withOption(transform, option.name, value))}
          />
        ))}
      </Group>
      {problem && (
        <Text size="sm" mt="xs" c="var(--mantine-color-error)">
          {problem}
        </Text>
      )}
    </>
  );
}

interface OptionProps {
  readonly option: TransformOption;
  readonly value: unknown;
  onChange(value: unknown): void;
}

function Option({ option, value, onChange }: OptionProps) {
  const { label, help, placeholder = '', kind, choices = [] } = option;
  const shared = { label, description: help, placeholder };
  const chosen = value === undefined ? null : String(value);
  if (kind === 'choice') {
    const isKnown = chosen === null || choices.some((choice) => choice.value === chosen);
    const data = isKnown ? choices : [{ value: chosen, label: chosen }, ...choices];
    return (
      <Select {...shared} placeholder="As usual" clearable data={data} value={chosen} onChange={onChange} />
    );
  }
  if (kind === 'zone') return <ZoneSelect {...shared} value={chosen} onChange={onChange} />;
  if (kind === 'table') {
    return (
      <TableInput
        {...shared}
        lines={Array.isArray(value) ? (value as TableLine[]) : []}
        onChange={onChange}
      />
    );
  }
  if (kind === 'texts') {
    return (
      <TagsInput {...shared} value={Array.isArray(value) ? value.map(String) : []} onChange={onChange} />
    );
  }
  const text = value === undefined || value === null ? '' : String(value);
  return <TextInput {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}

interface StepButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly children: React.ReactNode;
  onClick(): void;
}

function StepButton({ label, ...props }: StepButtonProps) {
  return <ActionIcon variant="subtle" color="gray" aria-label={label} {...props} />;
}
