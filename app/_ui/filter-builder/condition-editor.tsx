'use client';

import { ActionIcon, Group, NativeSelect, Select, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { use, useEffect, useId, useRef } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import { BuilderContext } from './builder-context.ts';
import { type Choice, choicesOf, choiceWords, takesValue } from './choices.ts';
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
          onChange={(to) => onChange(chosen(moved(condition, column, to), undefined, timeZone))}
        />
        <NativeSelect
          className={classes.choice}
          aria-label={`${name}: comparison`}
          data={choiceData(condition.choice, column?.type ?? 'text')}
          value={condition.choice}
          disabled={condition.field === undefined}
          onChange={({ currentTarget }) =>
            onChange(chosen(condition, currentTarget.value as Choice, timeZone))
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
      {problem && (
        <Text
          id={problemId}
          size="xs"
          mt={4}
          c={condition.values.some(Boolean) ? 'var(--mantine-color-error)' : 'dimmed'}
        >
          {problem}
        </Text>
      )}
    </div>
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

/** The condition with another comparison; for a period one is chosen already, by the clocks of the person. */
function chosen(condition: ConditionState, choice = condition.choice, timeZone = 'UTC'): ConditionState {
  if (choice !== 'during' || condition.period) return { ...condition, choice };
  return { ...condition, choice, period: { last: 7, unit: 'day' }, zone: timeZone };
}

/** The condition over another column: what was chosen and entered stays where that makes sense. */
function moved(condition: ConditionState, from: Column | undefined, to: Column): ConditionState {
  const offered = choicesOf[to.type];
  const [first = 'empty'] = offered;
  const isKept = condition.field !== undefined && offered.includes(condition.choice);
  return {
    ...condition,
    field: to.name,
    choice: isKept ? condition.choice : first,
    values: from === undefined || from.type === to.type ? condition.values : [],
  };
}
