'use client';

import { NativeSelect, Radio, RadioGroup, Stack } from '@mantine/core';
import { LimitInput } from './limit-input.tsx';
import { shapeOf } from './outputs.ts';
import type { StepProps } from './step-props.ts';

type Mode = StepProps['draft']['mode'];

const limitNotes: Readonly<Record<Mode, string>> = {
  full: 'Leave empty for all of them.',
  incremental:
    'Not together with “Only what is new or changed”: rows past the limit would never be exported.',
  diff: 'Not together with “What was added, changed or removed”: rows past the limit would seem removed.',
};

/** Which of the rows that fit each run gives. */
export function ModePart(props: StepProps) {
  const { draft, change, errors } = props;
  const { mode } = draft;
  const untracked = untrackedReason(props);
  return (
    <>
      <RadioGroup
        label="What each run gives"
        value={mode}
        error={errors.mode}
        onChange={(next) =>
          change({ mode: next as Mode, status: next === 'incremental' ? draft.status : undefined })
        }
      >
        <Stack gap="xs" mt={4}>
          <Radio value="full" label="Everything" description="All rows that fit, every time." />
          <Radio
            value="incremental"
            label="Only what is new or changed"
            disabled={untracked !== '' && mode !== 'incremental'}
            description={
              untracked ||
              'The first run gives all rows; each later one gives those that were added or changed since the run before. Rows that were deleted meanwhile are not in it.'
            }
          />
          <Radio
            value="diff"
            label="What was added, changed or removed"
            description="Each run is compared with the one before, cell by cell. The first one gives all rows as added."
          />
        </Stack>
      </RadioGroup>
      {mode === 'incremental' && <Statuses {...props} />}
      {mode === 'diff' && <ChangesAs {...props} />}
      <LimitInput {...props} description={limitNotes[mode]} disabled={mode !== 'full'} />
    </>
  );
}

function Statuses({ draft, change, errors }: StepProps) {
  const [only] = draft.status?.length === 1 ? draft.status : [];
  return (
    <NativeSelect
      label="Which of them"
      maw={320}
      data={[
        { value: '', label: 'New and changed rows' },
        { value: 'new', label: 'New rows only' },
        { value: 'updated', label: 'Changed rows only' },
      ]}
      value={only ?? ''}
      error={errors.status}
      onChange={({ currentTarget: { value } }) =>
        change({ status: value === 'new' || value === 'updated' ? [value] : undefined })
      }
    />
  );
}

function ChangesAs({ draft, change, errors }: StepProps) {
  return (
    <RadioGroup
      label="How the differences are given"
      value={draft.changesAs}
      error={errors.changesAs}
      onChange={(next) => change({ changesAs: next === 'files' ? 'files' : 'column' })}
    >
      <Stack gap="xs" mt={4}>
        <Radio value="column" label="One file" description="A column _change says what became of the row." />
        <Radio value="files" label="Three files" description="Of the rows added, changed and removed." />
      </Stack>
    </RadioGroup>
  );
}

/** Why it is not known when a row was written; empty where it is. */
function untrackedReason({ draft, datasets, columns }: StepProps): string {
  if (shapeOf(draft) !== 'rows') return 'Not for groups: they are made anew each time.';
  const dataset = datasets.find(({ name }) => name === draft.dataset);
  if (dataset?.kind === 'view') return 'Not for views: it is not known when their rows were written.';
  const own = new Set(columns.map(({ name }) => name));
  const isRelated = draft.columns.some(({ source, included }) => included && !own.has(source));
  return isRelated ? 'Not with columns of related data: they change by themselves.' : '';
}
