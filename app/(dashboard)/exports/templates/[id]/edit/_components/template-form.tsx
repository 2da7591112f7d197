'use client';

import { Button, Fieldset, Group, Paper, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { LeaveDialog } from '#app/(dashboard)/exports/_components/editor/leave-dialog.tsx';
import { PreviewPanel } from '#app/(dashboard)/exports/_components/editor/preview-panel.tsx';
import { useLeaveGuard } from '#app/(dashboard)/exports/_components/editor/use-leave-guard.ts';
import { usePreview } from '#app/(dashboard)/exports/_components/editor/use-preview.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { Column } from '#lib/core/columns.ts';
import type { ExportInput } from '#lib/exports/definition.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import type { Customization, TemplateView } from '#lib/exports/templates/schema.ts';
import { FormatChoice } from './format-choice.tsx';
import { QuestionList } from './question-list.tsx';
import { draftOf, standardExport, type TemplateDraft } from './template-draft.ts';
import { useSaveTemplate } from './use-save-template.ts';

interface TemplateFormProps {
  readonly template: TemplateView;
  /** Every question that could be asked of its definition. */
  readonly places: readonly Customization[];
  readonly formats: readonly Pick<FormatInfo, 'id' | 'label'>[];
  /** Of its dataset. */
  readonly columns: readonly Column[];
}

/** Changes what a template is called and what it asks, beside what it gives where nothing else is answered. */
export function TemplateForm({ template, places, formats, columns }: TemplateFormProps) {
  const [first] = useState(() => draftOf(template));
  const [draft, setDraft] = useState(first);
  const saving = useSaveTemplate(template);
  const guard = useLeaveGuard(draft !== first && !saving.saved);
  const standard = standardExport(template, draft);
  const shown = usePreview(standard as ExportInput | null);
  const fields = saving.error?.fields ?? {};
  const change = (changes: Partial<TemplateDraft>) => {
    setDraft({ ...draft, ...changes });
    saving.clearError();
  };
  const chosen = new Set([template.definition.format.type, ...draft.formats]);
  const fitting = places.filter(({ sets }) => sets.every(({ format }) => !format || chosen.has(format)));
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
      <Paper withBorder p={{ base: 'md', sm: 'lg' }} miw={0}>
        <Stack>
          <ProblemAlert error={saving.error && unseen(saving.error)} title="Not saved" />
          <TemplateWords draft={draft} errors={fields} onChange={change} />
          <FormatChoice
            own={template.definition.format.type}
            formats={formats}
            chosen={draft.formats}
            error={fields.formats}
            onChange={(chosen) => change({ formats: chosen })}
          />
          <Fieldset legend="What it asks whoever uses it">
            <QuestionList
              questions={draft.customizations}
              places={fitting}
              asMade={template.customizations}
              errors={fields}
              onChange={(customizations) => change({ customizations })}
            />
          </Fieldset>
          <Group>
            <Button
              loading={saving.pending}
              disabled={draft.name.trim() === ''}
              onClick={() => saving.save(draft)}
            >
              Save
            </Button>
          </Group>
        </Stack>
      </Paper>
      <PreviewPanel shown={shown} columns={columns} missing={standard ? '' : NO_PREVIEW} />
      <LeaveDialog guard={guard} />
    </SimpleGrid>
  );
}

const NO_PREVIEW = 'There is a preview once every question fills a place.';

/** What no input shows by itself. */
function unseen({ code, message, fields = {} }: ActionError): ActionError {
  const seen =
    /^(name|description|formats|customizations\.\d+\.(field|label|description|default|options|sets).*)$/;
  const rest = Object.entries(fields).filter(([path]) => !seen.test(path));
  return { code, message, ...(rest.length > 0 && { fields: Object.fromEntries(rest) }) };
}

interface TemplateWordsProps {
  readonly draft: TemplateDraft;
  readonly errors: Readonly<Record<string, string>>;
  onChange(changes: Partial<TemplateDraft>): void;
}

function TemplateWords({ draft, errors, onChange }: TemplateWordsProps) {
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={200}
        value={draft.name}
        error={errors.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Textarea
        label="Description"
        autosize
        maxLength={2000}
        value={draft.description}
        error={errors.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </>
  );
}
