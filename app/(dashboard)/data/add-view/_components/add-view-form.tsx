'use client';

import { Button, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { addView } from '#app/(dashboard)/data/actions.ts';
import type { DatabaseView } from '#lib/datasets/database-views.ts';
import { ViewColumns } from './view-columns.tsx';
import { keyColumns, startView, type ViewDraft, viewInput, viewName, viewProblems } from './view-draft.ts';

interface AddViewFormProps {
  /** Those that can be registered. */
  readonly views: readonly DatabaseView[];
  /** The names of the datasets that there are. */
  readonly taken: readonly string[];
}

/** Chooses a view and says what it and its columns are called here. */
export function AddViewForm({ views, taken }: AddViewFormProps) {
  const [only] = views.length === 1 ? views : [];
  const [draft, setDraft] = useState<ViewDraft | undefined>(() => only && startView(only));
  const { run, pending, error, clearError } = useAction(addView);
  const problems = draft && error ? viewProblems(draft, error.fields) : undefined;
  const change = (changed: ViewDraft) => {
    clearError();
    setDraft(changed);
  };
  const choose = (name: string | null) => {
    const view = views.find((each) => each.view === name);
    if (view) change(startView(view));
  };
  const chosen = views.find(({ view }) => view === draft?.view);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (draft) run(viewInput(draft, taken));
      }}
    >
      <Stack gap="lg" maw={640}>
        <Select
          label="View"
          description={chosen && alreadyThere(chosen)}
          placeholder="Choose a view of your database"
          data={views.map(({ view }) => view)}
          value={draft?.view ?? null}
          onChange={choose}
          error={problems?.view}
          allowDeselect={false}
          searchable
          withAsterisk
        />
        {draft && <ViewFields {...{ draft, taken, problems }} onChange={change} />}
        {(!problems || problems.hasOther) && <ProblemAlert error={error} />}
        <Button
          type="submit"
          loading={pending}
          disabled={!draft?.columns.some(({ included }) => included)}
          style={{ alignSelf: 'flex-start' }}
        >
          Add the view
        </Button>
      </Stack>
    </form>
  );
}

function alreadyThere({ datasets }: DatabaseView): string | undefined {
  return datasets.length === 0 ? undefined : `It is here already, as ${datasets.join(' and as ')}.`;
}

interface ViewFieldsProps {
  readonly draft: ViewDraft;
  readonly taken: readonly string[];
  readonly problems: ReturnType<typeof viewProblems> | undefined;
  onChange(draft: ViewDraft): void;
}

function ViewFields({ draft, taken, problems, onChange }: ViewFieldsProps) {
  return (
    <>
      <TextInput
        label="Name of the dataset"
        description={`In addresses and in the API it is called ${viewName(draft, taken)}.`}
        value={draft.label}
        onChange={(event) => onChange({ ...draft, label: event.currentTarget.value })}
        error={problems?.label}
        maxLength={200}
        required
      />
      <MultiSelect
        label="What names a row"
        description="The columns by which one row is told from another. An export of differences then shows a changed row as changed; without any, as one removed and one added."
        placeholder={draft.key.length === 0 ? 'No column does' : ''}
        data={keyColumns(draft).map(({ name, label }) => ({ value: name, label: label || name }))}
        value={[...draft.key]}
        onChange={(key) => onChange({ ...draft, key })}
        error={problems?.key}
        maxValues={8}
        searchable
        clearable
      />
      <ViewColumns
        columns={draft.columns}
        problems={problems?.columns ?? {}}
        onChange={(columns) => onChange({ ...draft, columns })}
      />
    </>
  );
}
