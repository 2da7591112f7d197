'use client';

import { Paper, Skeleton, Stack, Title } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import type { ActionError } from '#lib/api/action.ts';
import type { ExpressionGuide } from '#lib/datasets/expression/sql-guide.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import type { TransformInfo } from '#lib/exports/shape/catalog.ts';
import { columnGroups } from './column-groups.ts';
import { DeliveryStep } from './delivery-step.tsx';
import { type DatasetChoice, type Draft, newDraft } from './draft.ts';
import classes from './editor.module.css';
import { EditorButtons } from './editor-buttons.tsx';
import { FormatStep } from './format-step.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { outputsIn } from './outputs.ts';
import { PreviewBar } from './preview-bar.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { StepList } from './step-list.tsx';
import { stepOf, steps } from './steps.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { usePreviews } from './use-previews.ts';
import { useSave } from './use-save.ts';

/** The filter builder and the columns to drag are of some weight, and wanted only here. */
const DataStep = dynamic(() => import('./data-step.tsx').then((file) => file.DataStep), {
  loading: () => <Skeleton height={320} />,
});

/** So is the form of options. */
const OptionsStep = dynamic(() => import('./options-step.tsx').then((file) => file.OptionsStep), {
  loading: () => <Skeleton height={320} />,
});

interface ExportEditorProps {
  /** Absent of a new export. */
  readonly id?: string;
  /** What is saved, or what a link to this page brings along. */
  readonly initial: Partial<ExportDefinition>;
  readonly datasets: readonly DatasetChoice[];
  readonly formats: readonly FormatInfo[];
  readonly transforms: readonly TransformInfo[];
  readonly guide: ExpressionGuide;
  /** Whether whoever edits it owns it, and so decides which personal data it shows. */
  readonly isOwn?: boolean;
}

const views = [FormatStep, DataStep, OptionsStep, DeliveryStep] as const;
const NO_COLUMNS: DatasetChoice['columns'] = [];

/** Defines an export in four steps, with what it will give beside them. */
export function ExportEditor({ id, initial, isOwn = true, ...catalogs }: ExportEditorProps) {
  const { datasets } = catalogs;
  const [first] = useState(() => newDraft(initial));
  const [draft, setDraft] = useState(first);
  const [step, setStep] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const saving = useSave(id, initial);
  const guard = useLeaveGuard(draft !== first && !saving.saved);
  const dataset = datasets.find(({ name }) => name === draft.dataset);
  const columns = dataset?.columns ?? NO_COLUMNS;
  const { definition, whole, tables, panel } = usePreviews(draft, { ...catalogs, id });
  const groups = dataset ? columnGroups(dataset, datasets) : [];
  const asked = { columns, groups, outputs: outputsIn(draft, groups, whole.preview) };
  const personal = { showsAll: draft.personal === 'show', mayShow: isOwn };
  const errors = { ...whole.error?.fields, ...saving.error?.fields };

  useEffect(() => {
    const wrong = Object.keys(saving.error?.fields ?? {}).map(stepOf);
    if (wrong.length > 0) setStep(Math.min(...wrong));
  }, [saving.error]);
  const go = (next: number) => {
    setStep(next);
    heading.current?.focus();
  };
  const change = (changes: Partial<Draft>) => {
    setDraft({ ...draft, ...changes });
    saving.clearError();
  };
  const Step = views[step] ?? FormatStep;
  return (
    <Stack>
      <StepList draft={draft} step={step} errors={errors} onGo={go} />
      <div className={classes.layout}>
        <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
          <Stack gap="lg">
            <Title order={2} size="h4" ref={heading} tabIndex={-1} className={classes.heading ?? ''}>
              {steps[step]?.label}
            </Title>
            <ProblemAlert error={saving.error && withoutPaths(saving.error)} title="Not saved" />
            <Step {...{ ...catalogs, ...asked, ...tables, draft, change, errors, personal }} />
            <EditorButtons
              draft={draft}
              step={step}
              exists={id !== undefined}
              pending={saving.pending}
              onGo={go}
              onSave={(andRun) => saving.save(definition, andRun)}
            />
          </Stack>
        </Paper>
        <div className={classes.preview}>
          <PreviewPanel {...panel} />
        </div>
      </div>
      <PreviewBar {...panel} />
      <LeaveDialog guard={guard} />
    </Stack>
  );
}

/** What is wrong with fields without their paths: the inputs show where it is. */
function withoutPaths({ code, message, fields }: ActionError): ActionError {
  if (!fields) return { code, message };
  const problems = [...new Set(Object.values(fields))].join('; ');
  return { code, message: `What is not right is marked below: ${problems}.` };
}
