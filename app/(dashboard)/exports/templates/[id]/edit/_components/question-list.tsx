'use client';

import { Text } from '@mantine/core';
import { EditableList } from '#app/_ui/editable-list.tsx';
import type { Customization } from '#lib/exports/templates/schema.ts';
import { QuestionEditor } from './question-editor.tsx';
import { placeKey, questionAbout } from './template-draft.ts';

const MOST_QUESTIONS = 20;

interface QuestionListProps {
  readonly questions: readonly Customization[];
  /** Every question that could be asked. */
  readonly places: readonly Customization[];
  /** The questions as they are saved, some of which fill what no place does. */
  readonly asMade: readonly Customization[];
  readonly errors: Readonly<Record<string, string>>;
  onChange(questions: Customization[]): void;
}

/** The questions of a template, in the order in which they are asked. */
export function QuestionList({ questions, places, asMade, errors, onChange }: QuestionListProps) {
  const taken = new Set(questions.map(placeKey));
  const free = places.filter((place) => !taken.has(placeKey(place)));
  const [next] = questions.length < MOST_QUESTIONS ? free : [];
  return (
    <>
      {questions.length === 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          Nothing but the name, the data and the format.
        </Text>
      )}
      <EditableList<Customization>
        items={questions}
        onChange={(items) => onChange([...items])}
        nameOf={({ field, label = field }) => label}
        addLabel="Add a question"
        newItem={next && (() => questionAbout(next, questions))}
      >
        {(question, at, replace) => (
          <QuestionEditor
            question={question}
            others={questions.filter((each) => each !== question)}
            free={free}
            known={[...places, ...asMade]}
            errorOf={(part) => problemAt(errors, `customizations.${at}.${part}`)}
            onChange={replace}
          />
        )}
      </EditableList>
    </>
  );
}

/** What is wrong at a path, or anywhere below it. */
function problemAt(errors: QuestionListProps['errors'], path: string): string | undefined {
  const [, problem] = Object.entries(errors).find(([at]) => at === path || at.startsWith(`${path}.`)) ?? [];
  return problem;
}
