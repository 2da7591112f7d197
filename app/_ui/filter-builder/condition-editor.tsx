'use client';

import { ActionIcon, Group, NativeSelect, Select, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { use, useEffect, useId, useRef } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import { BuilderContext } from './builder-context.ts';
import { type Choice, choicesOf, choiceWords, takesValue } from './choices.ts';
import { withChoice, withColumn } from './condition-changes.ts';
import type { ConditionState } from './editor-state.ts';
import classes from './filter-builder.module.css';
import { ValueInput } from './value-input.tsx';

interface ConditionEditorProps {
  readonly condition: ConditionState;
  readonly place: readonly number[];
  onChange(condition: ConditionState): void;
  onRemove(): void;
}

/** One condition: the column, how it compares, and with what. */
export function ConditionEditor({ condition, place, onChange, onRemove }: ConditionEditorProps) {
  const { columns, problems, addedId } = use(BuilderContext);
  const { timeZone } = useFormat();
  const problemId = useId();
  const problem = problems.get(condition.id);
  const column = columns.find(({ name }) => name === condition.field);
  const name = `Condition ${place.join('.')}`;
  return (
    <div>
      <Group role="group" aria-label={name} className={classes.condition}>
        <FieldSelect
          label={`${name}: column`}
          columns={columns}
          field={condition.field}
          takesFocus={condition.id === addedId}
          onChange={(to) => onChange(withColumn(condition, column, to, timeZone))}
        />
        <NativeSelect
          className={classes.choice}
          aria-label={`${name}: comparison`}
          data={choiceData(condition.choice, column?.type ?? 'text')}
          value={condition.choice}
          disabled={condition.field === undefined}
          onChange={({ currentTarget }) =>
            onChange(withChoice(condition, currentTarget.value as Choice, timeZone))
          }
        />
        {column && takesValue(condition.choice) && (
          <div className={classes.value}>
            <ValueInput
              label={`${name}: value`}
              describedBy={problem ? problemId : undefined}
              type={column.type}
              condition={condition}
              onChange={(entered) => onChange({ ...condition, ...entered })}
            />
          </div>
        )}
        <ActionIcon
          className={classes.remove}
          variant="subtle"
          color="gray"
          size={36}
          onClick={onRemove}
          aria-label={`Remove condition ${place.join('.')}`}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {problem && <Problem id={problemId} text={problem} isEntered={condition.values.some(Boolean)} />}
    </div>
  );
}

interface ProblemProps {
  readonly id: string;
  readonly text: string;
  /** Whether something was entered that is wrong, rather than nothing yet. */
  readonly isEntered: boolean;
}

function Problem({ id, text, isEntered }: ProblemProps) {
  return (
    <Text id={id} size="xs" mt={4} c={isEntered ? 'var(--mantine-color-error)' : 'dimmed'}>
      {text}
    </Text>
  );
}

interface FieldSelectProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly field: string | undefined;
  readonly takesFocus: boolean;
  onChange(column: Column): void;
}

function FieldSelect({ label, columns, field, takesFocus, onChange }: FieldSelectProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  const data = columns.map(({ name, label }) => ({ value: name, label: label ?? name }));
  const isGone = field !== undefined && !columns.some(({ name }) => name === field);
  return (
    <Select
      ref={input}
      className={classes.field}
      aria-label={label}
      placeholder="Column"
      searchable
      allowDeselect={false}
      data={isGone ? [{ value: field, label: field }, ...data] : data}
      value={field ?? null}
      onChange={(value) => {
        const chosen = columns.find(({ name }) => name === value);
        if (chosen) onChange(chosen);
      }}
    />
  );
}

/** What is offered for the type, and what is chosen already. */
function choiceData(choice: Choice, type: ColumnType) {
  const offered = choicesOf[type];
  const shown = offered.includes(choice) ? offered : [choice, ...offered];
  return shown.map((value) => ({ value, label: choiceWords(value, type) }));
}
