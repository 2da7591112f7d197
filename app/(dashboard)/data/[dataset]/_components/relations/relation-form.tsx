'use client';

import { Button, Checkbox, Group, Paper, Radio, RadioGroup, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import type { ActionError } from '#lib/api/action.ts';
import type { Relation } from '#lib/datasets/relation-schema.ts';
import type { DatasetView } from '#lib/datasets/view.ts';
import { PairList } from './pair-list.tsx';
import { haveSources, type RelationDraft, relationOf, startRelation } from './relation-draft.ts';

interface RelationFormProps {
  readonly own: DatasetView;
  readonly others: readonly DatasetView[];
  readonly pending: boolean;
  readonly error: ActionError | null;
  /** By the field of the relation. */
  readonly problems: Readonly<Record<string, string>>;
  onChange(): void;
  onSave(relation: Relation): void;
  onCancel(): void;
}

/** Declares a relation, offering only what can be one. */
export function RelationForm(props: RelationFormProps) {
  const { own, others, pending, error, problems, onChange, onSave, onCancel } = props;
  const [draft, setDraft] = useState<RelationDraft>();
  const other = others.find(({ name }) => name === draft?.dataset);
  const relation = draft && relationOf(draft);
  const change = (changed: RelationDraft) => {
    onChange();
    setDraft(changed);
  };
  const choose = (name: string | null) => {
    const chosen = others.find((each) => each.name === name);
    if (chosen) change(startRelation(own, chosen));
  };
  return (
    <Paper
      component="form"
      withBorder
      p="md"
      onSubmit={(event) => {
        event.preventDefault();
        if (relation) onSave(relation);
      }}
    >
      <Stack>
        <Select
          label="Other dataset"
          placeholder="Choose one"
          data={others.map(({ name, label }) => ({ value: name, label }))}
          value={draft?.dataset ?? null}
          onChange={choose}
          error={problems.dataset}
          allowDeselect={false}
          searchable
          withAsterisk
          data-autofocus
        />
        {draft && other && <RelationFields {...{ own, other, draft, problems }} onChange={change} />}
        {Object.keys(problems).length === 0 && <ProblemAlert error={error} />}
        <Group>
          <Button type="submit" loading={pending} disabled={!relation}>
            Save the relation
          </Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

interface RelationFieldsProps extends Pick<RelationFormProps, 'own' | 'problems'> {
  readonly other: DatasetView;
  readonly draft: RelationDraft;
  onChange(draft: RelationDraft): void;
}

function RelationFields({ own, other, draft, problems, onChange }: RelationFieldsProps) {
  return (
    <>
      <PairList
        {...{ own, other, problems }}
        pairs={draft.pairs}
        onChange={(pairs) => onChange({ ...draft, pairs })}
      />
      <RadioGroup
        label={`How many rows of ${other.label} belong to one row of ${own.label}`}
        value={draft.kind}
        onChange={(kind) => onChange({ ...draft, kind: kind as Relation['kind'] })}
        error={problems.kind}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="one" label="One at most" description="Of several, the first is taken." />
          <Radio
            value="many"
            label="Any number"
            description="An export that follows it has a row for each of them."
          />
        </Stack>
      </RadioGroup>
      <TextInput
        label="Name"
        description={`Filters and expressions find its columns as ${draft.name || '…'}.${other.columns[0]?.name ?? '…'}`}
        value={draft.name}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        error={problems.name}
        maxLength={63}
        required
      />
      {haveSources(own, other) && (
        <Checkbox
          label="Only rows of the same source"
          description="For keys that each source gives out by itself, such as order numbers."
          checked={draft.sameSource}
          onChange={(event) => onChange({ ...draft, sameSource: event.currentTarget.checked })}
          error={problems.sameSource}
        />
      )}
    </>
  );
}
