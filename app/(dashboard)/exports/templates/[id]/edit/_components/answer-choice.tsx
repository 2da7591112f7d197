'use client';

import { Checkbox, Radio, Stack, Switch, TagsInput } from '@mantine/core';
import type { Customization } from '#lib/exports/templates/schema.ts';
import { isForEmpty } from './template-draft.ts';

const MOST_ANSWERS = 20;

interface AnswerChoiceProps {
  readonly question: Customization;
  /** The places that it could have been made of, which know every answer. */
  readonly alike: readonly Customization[];
  readonly error: string | undefined;
  onChange(changes: Partial<Customization>): void;
}

/** Which answers a question takes: some of those that there are, or of a text any or some of one's own. */
export function AnswerChoice(props: AnswerChoiceProps) {
  const { question, alike } = props;
  const listed = alike.flatMap(({ options = [] }) => options);
  const isText = alike.some(({ type }) => type === 'text') || question.type === 'text';
  if (isText) return <TextAnswers {...props} />;
  if (question.type !== 'select') return null;
  return <ListedAnswers {...props} all={[...new Set([...listed, ...(question.options ?? [])])]} />;
}

function ListedAnswers({ question, alike, all, error, onChange }: AnswerChoiceProps & { all: string[] }) {
  const { options = [], labels = {} } = question;
  const words = Object.assign({}, ...alike.map((place) => place.labels), labels) as Record<string, string>;
  const choose = (chosen: readonly string[]) => {
    const kept = all.filter((option) => chosen.includes(option));
    onChange({ options: kept, labels: wordsOf(kept, words), ...standardAmong(kept, question.default) });
  };
  return (
    <Checkbox.Group label="Answers to choose from" value={options} error={error} onChange={choose}>
      <Stack gap="xs" mt="xs">
        {all.map((option) => (
          <Checkbox
            key={option}
            value={option}
            label={words[option] ?? option}
            disabled={options.length === 1 && options[0] === option}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function wordsOf(
  options: readonly string[],
  words: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(options.map((option) => [option, words[option] ?? option]));
}

/** The standard answer stays where it is among those that are left. */
function standardAmong(options: readonly string[], standard: unknown): Pick<Customization, 'default'> {
  const kept = options.find((option) => option === standard) ?? options[0] ?? '';
  return { default: kept };
}

function TextAnswers({ question, error, onChange }: AnswerChoiceProps) {
  const { type, options = [], default: standard } = question;
  const asText = () => onChange({ type: 'text', options: undefined, labels: undefined });
  const asList = (texts: readonly string[]) =>
    onChange({ type: 'select', options: [...texts], labels: undefined, ...standardAmong(texts, standard) });
  return (
    <>
      <Radio.Group
        label="Answers"
        value={type}
        onChange={(next) => (next === 'text' ? asText() : asList([String(standard)]))}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="text" label="Any text" />
          <Radio value="select" label="One of a list" />
        </Stack>
      </Radio.Group>
      {type === 'select' ? (
        <TagsInput
          label="Answers to choose from"
          description="Type one and press Enter."
          value={[...options]}
          maxTags={MOST_ANSWERS}
          error={error}
          onChange={asList}
        />
      ) : (
        <EmptyAnswer question={question} onChange={onChange} />
      )}
    </>
  );
}

/** Whether an empty answer takes the condition away, whose value the question asks for. */
function EmptyAnswer({ question: { sets }, onChange }: Pick<AnswerChoiceProps, 'question' | 'onChange'>) {
  const [, condition] = /^((?:filter|having)(?:\..+)?)\.value$/.exec(sets[0]?.path ?? '') ?? [];
  if (condition === undefined) return null;
  const others = sets.filter((setting) => !isForEmpty(setting));
  return (
    <Switch
      label="An empty answer means every row"
      checked={others.length < sets.length}
      onChange={({ currentTarget }) => {
        const forEmpty = currentTarget.checked ? [{ path: condition, values: { '': null } }] : [];
        onChange({ sets: [...others, ...forEmpty] });
      }}
    />
  );
}
