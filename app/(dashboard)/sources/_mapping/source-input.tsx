'use client';

import { Anchor, Select, Stack, Text } from '@mantine/core';
import { ExpressionInput } from '#app/_ui/expression-input.tsx';
import { computedField, type FieldDraft, readField } from './mapping-draft.ts';
import type { SourceChoices } from './source-choices.ts';

interface SourceInputProps {
  /** What the person calls the dataset's column. */
  readonly name: string;
  readonly draft: FieldDraft | undefined;
  readonly choices: SourceChoices;
  readonly problem: string | undefined;
  onChange(draft: FieldDraft | undefined): void;
}

/** What fills a column: one of the source's, or an expression over them. */
export function SourceInput(props: SourceInputProps) {
  return props.draft?.expression === undefined ? <SourceSelect {...props} /> : <Expression {...props} />;
}

/** No column is called so. */
const EXPRESSION = '\0expression';

function SourceSelect({ name, draft, choices, problem, onChange }: SourceInputProps) {
  const from = draft?.from || null;
  const isKnown = choices.groups.some(({ items }) => items.some(({ value }) => value === from));
  const other = { group: 'Or', items: [{ value: EXPRESSION, label: 'Write an expression …' }] };
  const unknown =
    from === null || isKnown ? [] : [{ group: 'As it is', items: [{ value: from, label: from }] }];
  const choose = (chosen: string | null) => {
    if (chosen === EXPRESSION) onChange(computedField(draft, ''));
    else onChange(chosen === null ? undefined : readField(draft, chosen));
  };
  return (
    <Select
      aria-label={`Source column for ${name}`}
      placeholder="Stays empty"
      data={[...unknown, ...choices.groups, other]}
      value={from}
      onChange={choose}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Leave ${name} empty` }}
      nothingFoundMessage="No such column"
      description={from ? choices.examples(from) || 'no values in the sample' : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={problem}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.label}</Text>
          <Text size="xs" c="dimmed">
            {option.value === EXPRESSION ? 'price * quantity' : choices.examples(option.value)}
          </Text>
        </div>
      )}
    />
  );
}

function Expression({ name, draft, problem, onChange }: SourceInputProps) {
  return (
    <Stack gap={4}>
      <ExpressionInput
        aria-label={`Expression for ${name}`}
        placeholder="price * quantity"
        description={
          'Over the columns: price * quantity, row["Unit Price"], first + " " + last, stock > 0 ? "yes" : "no"'
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft?.expression ?? ''}
        onChange={(event) => onChange(computedField(draft, event.currentTarget.value))}
        error={problem}
      />
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="start"
        onClick={() => onChange(draft?.from ? readField(draft, draft.from) : undefined)}
      >
        Choose a column instead
      </Anchor>
    </Stack>
  );
}
