'use client';

import { Button, Group, NativeSelect, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import type { DatasetChoice } from '#app/(dashboard)/exports/_components/editor/draft.ts';
import { PreviewPanel } from '#app/(dashboard)/exports/_components/editor/preview-panel.tsx';
import { usePreview } from '#app/(dashboard)/exports/_components/editor/use-preview.ts';
import type { ExportInput } from '#lib/exports/definition.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import { type ChosenValue, customized, hasMeaning } from '#lib/exports/templates/customize.ts';
import type { TemplateView } from '#lib/exports/templates/schema.ts';
import { CustomizationInput } from './customization-input.tsx';
import { useApply } from './use-apply.ts';

interface ApplyFormProps {
  readonly template: TemplateView;
  /** Those that have the columns that the template needs. */
  readonly datasets: readonly DatasetChoice[];
  /** Those of the template, with what they are called. */
  readonly formats: readonly FormatName[];
}

const NO_DATA = 'No data here has the columns that this template needs.';

/** The questions of a template, with what their answers give beside them. */
export function ApplyForm({ template, datasets, formats }: ApplyFormProps) {
  const own = template.definition.format.type;
  const [name, setName] = useState(template.name);
  const [dataset, setDataset] = useState(() => firstOf(datasets, template.definition.dataset));
  const [format, setFormat] = useState<FormatId>(own);
  const [values, setValues] = useState<Values>({});
  const applying = useApply();
  const definition = { ...customized(template, { format, values }), dataset, name: 'Preview' };
  const shown = usePreview(dataset ? (definition as unknown as ExportInput) : null);
  const columns = datasets.find((each) => each.name === dataset)?.columns ?? [];
  const questions = template.customizations.filter((each) => hasMeaning(each, own, format));
  const fields = applying.error?.fields ?? {};
  const chosen = () => ({
    template: template.id,
    name,
    dataset,
    format,
    values: valuesOf(questions, values),
  });
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
        <Stack>
          <ProblemAlert error={applying.error} title="Not saved" />
          <TextInput
            label="Name"
            required
            value={name}
            error={fields.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label="Data"
            value={dataset}
            error={fields.dataset}
            data={datasets.map((each) => ({ value: each.name, label: each.label }))}
            onChange={(event) => setDataset(event.currentTarget.value)}
          />
          <FormatSelect formats={formats} value={format} onChange={setFormat} />
          {questions.map((each) => (
            <CustomizationInput
              key={each.field}
              customization={each}
              value={values[each.field] ?? each.default}
              error={fields[`values.${each.field}`]}
              onChange={(value) => setValues({ ...values, [each.field]: value })}
            />
          ))}
          <SaveButtons
            pending={applying.pending}
            disabled={!dataset || name.trim() === ''}
            onSave={(andRun) => applying.save(chosen(), andRun)}
          />
        </Stack>
      </Paper>
      <PreviewPanel shown={shown} columns={columns} missing={dataset ? '' : NO_DATA} />
    </SimpleGrid>
  );
}

type FormatId = TemplateView['formats'][number];
type FormatName = Pick<FormatInfo, 'id' | 'label'>;

interface FormatSelectProps {
  readonly formats: readonly FormatName[];
  readonly value: FormatId;
  onChange(format: FormatId): void;
}

function FormatSelect({ formats, value, onChange }: FormatSelectProps) {
  if (formats.length < 2) return null;
  return (
    <NativeSelect
      label="Format"
      value={value}
      data={formats.map(({ id, label }) => ({ value: id, label }))}
      onChange={(event) => onChange(event.currentTarget.value as FormatId)}
    />
  );
}

interface SaveButtonsProps {
  readonly pending: boolean;
  readonly disabled: boolean;
  onSave(andRun: boolean): void;
}

function SaveButtons({ pending, disabled, onSave }: SaveButtonsProps) {
  return (
    <Group>
      <Button loading={pending} disabled={disabled} onClick={() => onSave(true)}>
        Save and run
      </Button>
      <Button variant="default" loading={pending} disabled={disabled} onClick={() => onSave(false)}>
        Save
      </Button>
    </Group>
  );
}

type Values = Readonly<Record<string, ChosenValue>>;

/** What was answered of the questions that have a meaning. */
function valuesOf(questions: TemplateView['customizations'], values: Values): Record<string, ChosenValue> {
  const asked = Object.entries(values).filter(([name]) => questions.some(({ field }) => field === name));
  return Object.fromEntries(asked);
}

/** The template's own dataset where that is among them; empty where there are none. */
function firstOf(datasets: readonly DatasetChoice[], own: string): string {
  return (datasets.find(({ name }) => name === own) ?? datasets[0])?.name ?? '';
}
