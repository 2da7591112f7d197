'use client';

import { Button, Fieldset, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { changeSource } from '#app/(dashboard)/sources/actions.ts';
import { PolicyFields } from './policy-fields.tsx';
import { RateLimitFields } from './rate-limit-fields.tsx';
import { draftOf, type Guarded, patchOf, problemsIn } from './safeguard-draft.ts';
import { SafeguardNumbers } from './safeguard-numbers.tsx';

interface SafeguardsFormProps {
  readonly id: string;
  readonly guarded: Guarded;
  /** Those that the source fills. */
  readonly datasets: readonly string[];
  readonly mayEdit: boolean;
}

/** How often a source may be called, and what protects its rows from a bad run and people's edits from the source. */
export function SafeguardsForm({ id, guarded, datasets, mayEdit }: SafeguardsFormProps) {
  const [draft, setDraft] = useState(() => draftOf(guarded));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { run, pending, error } = useAction(changeSource);
  const save = async () => {
    const found = problemsIn(draft);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const saved = await run({ id, patch: patchOf(draft, guarded) });
    if (saved) notifications.show({ message: 'The limits are saved.' });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Fieldset variant="unstyled" disabled={!mayEdit}>
        <Stack>
          <RateLimitFields
            limits={draft.limits}
            problems={problems}
            onChange={(limits) => setDraft({ ...draft, limits })}
            mayEdit={mayEdit}
          />
          <SafeguardNumbers
            numbers={draft.numbers}
            problems={problems}
            onChange={(numbers) => setDraft({ ...draft, numbers })}
          />
          <PolicyFields
            policy={draft.policy}
            policies={draft.policies}
            datasets={datasets}
            onChange={(policy, policies) => setDraft({ ...draft, policy, policies })}
          />
          <ProblemAlert error={error} />
          {mayEdit && (
            <Group>
              <Button type="submit" loading={pending}>
                Save limits
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
    </form>
  );
}
