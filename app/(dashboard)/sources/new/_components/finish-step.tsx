'use client';

import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { frequencies } from '#app/(dashboard)/sources/_components/frequencies.ts';
import type { KnownDataset } from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import { addSource, syncNow } from '#app/(dashboard)/sources/actions.ts';
import { type SourceDraft, sourceInputOf, suggestedName } from './source-draft.ts';
import { Step } from './step.tsx';

interface FinishStepProps {
  readonly draft: SourceDraft;
  readonly datasets: readonly KnownDataset[];
  onChange(change: Partial<Pick<SourceDraft, 'name' | 'frequency'>>): void;
  onBack(): void;
}

/** What the source is called and how often it is read; then it is saved. */
export function FinishStep({ draft, datasets, onChange, onBack }: FinishStepProps) {
  const router = useRouter();
  const add = useAction(addSource);
  const sync = useAction(syncNow);
  const [goesOn, setGoesOn] = useState(false);
  const name = draft.name ?? suggestedName(draft);
  const save = async (andSync: boolean) => {
    const source = await add.run(sourceInputOf(draft, datasets));
    if (!source) return;
    setGoesOn(true);
    if (andSync) await sync.run({ id: source.id });
    router.push(`/sources/${source.id}` as Route);
  };
  const pending = add.pending || sync.pending || goesOn;
  return (
    <Step
      title="Name it and save"
      description="You can change all of this later."
      onBack={onBack}
      onNext={() => save(true)}
      next={
        <Group gap="sm">
          <Button variant="default" onClick={() => save(false)} disabled={pending || name.trim() === ''}>
            Save
          </Button>
          <Button type="submit" loading={pending} disabled={name.trim() === ''}>
            Save and sync
          </Button>
        </Group>
      }
    >
      <Stack>
        <TextInput
          label="Name of the source"
          value={name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          error={name.trim() === '' && 'Give it a name.'}
          maxLength={200}
          withAsterisk
          maw={420}
        />
        <Select
          label="How often to sync"
          data={frequencies}
          value={draft.frequency}
          onChange={(frequency) =>
            onChange({ frequency: (frequency ?? 'manual') as SourceDraft['frequency'] })
          }
          allowDeselect={false}
          maw={420}
        />
        <ProblemAlert error={add.error} title="It was not saved" />
      </Stack>
    </Step>
  );
}
