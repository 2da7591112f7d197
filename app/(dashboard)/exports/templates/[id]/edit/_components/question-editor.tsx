'use client';

import { Accordion, Stack, TextInput } from '@mantine/core';
import { CustomizationInput } from '#app/(dashboard)/exports/templates/[id]/_components/customization-input.tsx';
import type { Customization } from '#lib/exports/templates/schema.ts';
import { AnswerChoice } from './answer-choice.tsx';
import { PlaceSelect } from './place-select.tsx';
import { placeKey, questionAbout } from './template-draft.ts';

interface QuestionEditorProps {
  readonly question: Customization;
  readonly others: readonly Customization[];
  /** Places that no question fills yet. */
  readonly free: readonly Customization[];
  /** Places of which all answers are known. */
  readonly known: readonly Customization[];
  errorOf(part: keyof Customization): string | undefined;
  onChange(question: Customization): void;
}

/** One question: what it fills, how it is put, what can be answered, and what holds where nothing is. */
export function QuestionEditor(props: QuestionEditorProps) {
  const { question, others, free, known, errorOf, onChange } = props;
  const { field, label = field, description: _, ...answered } = question;
  const change = (changes: Partial<Customization>) => onChange({ ...question, ...changes });
  const alike = known.filter((place) => placeKey(place) === placeKey(question));
  return (
    <Stack gap="sm">
      <PlaceSelect
        question={question}
        name={alike[0]?.label ?? label}
        free={free}
        error={errorOf('sets')}
        onChange={(place) => onChange(questionAbout(place, others))}
      />
      <TextInput
        label="Question"
        value={question.label ?? ''}
        placeholder={field}
        maxLength={200}
        error={errorOf('label')}
        onChange={({ currentTarget }) => change({ label: currentTarget.value || undefined })}
      />
      <AnswerChoice question={question} alike={alike} error={errorOf('options')} onChange={change} />
      <CustomizationInput
        customization={{ ...answered, field, label: standardLabel(label) }}
        value={question.default}
        error={errorOf('default')}
        onChange={(value) => change({ default: value })}
      />
      <Accordion variant="default" chevronPosition="left">
        <Accordion.Item value="more">
          <Accordion.Control>More</Accordion.Control>
          <Accordion.Panel>
            <FurtherWords question={question} errorOf={errorOf} onChange={change} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

function standardLabel(label: string): string {
  return `Default: ${label}`;
}

interface FurtherWordsProps {
  readonly question: Customization;
  readonly errorOf: QuestionEditorProps['errorOf'];
  onChange(changes: Partial<Customization>): void;
}

function FurtherWords({ question, errorOf, onChange }: FurtherWordsProps) {
  return (
    <Stack gap="sm">
      <TextInput
        label="Note below the question"
        value={question.description ?? ''}
        maxLength={2000}
        error={errorOf('description')}
        onChange={({ currentTarget }) => onChange({ description: currentTarget.value || undefined })}
      />
      <TextInput
        label="Name for programs"
        description="What the API calls the answer: a letter first, then letters, digits and _."
        value={question.field}
        maxLength={60}
        error={errorOf('field')}
        onChange={({ currentTarget }) => onChange({ field: currentTarget.value })}
      />
    </Stack>
  );
}
