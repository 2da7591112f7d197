'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { ConfirmButton } from '#app/_ui/confirm-button.tsx';
import { useFormat } from '#app/_ui/format.tsx';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { useJob } from '#app/_ui/use-job.ts';
import { isUnderWay } from '#app/(dashboard)/sources/[id]/deletions/_components/deletion-words.ts';
import { decideDelete } from '#app/(dashboard)/sources/actions.ts';
import type { DeletionView } from '#lib/sync/deletions/list.ts';

interface DecideDeleteProps {
  readonly sourceId: string;
  readonly deletion: Pick<DeletionView, 'id' | 'status' | 'vanished'>;
  readonly mayEdit: boolean;
}

const LOOK_AGAIN_MS = 3_000;

/** Removes vanished rows, keeps them, or brings them back, and shows how far that is. */
export function DecideDelete({ sourceId, deletion, mayEdit }: DecideDeleteProps) {
  const router = useRouter();
  const { number } = useFormat();
  const { run, pending, error } = useAction(decideDelete);
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId, undefined, () => router.refresh());
  useLookAgain(isUnderWay(deletion) && jobId === null);
  const { status, vanished } = deletion;
  const decide = async (decision: 'confirm' | 'dismiss' | 'undo') => {
    const answer = await run({ sourceId, id: deletion.id, decision });
    if (answer) setJobId(answer.jobId);
  };
  if (!mayEdit) return status === 'held' && <Text size="sm">An editor of the workspace can decide.</Text>;
  return (
    <Stack gap="sm">
      {status === 'held' && (
        <Group gap="sm">
          <ConfirmButton
            question={`Remove ${number(vanished)} ${vanished === 1 ? 'row' : 'rows'}?`}
            consequence="They leave the dataset and every export from now on. You can undo it here."
            confirmLabel="Remove them"
            cancelLabel="Not now"
            pending={pending}
            onConfirm={() => decide('confirm')}
          >
            Remove them
          </ConfirmButton>
          <Button variant="default" loading={pending} onClick={() => decide('dismiss')}>
            Keep them
          </Button>
        </Group>
      )}
      {status === 'applied' && (
        <Group>
          <Button variant="default" loading={pending} onClick={() => decide('undo')}>
            Undo: bring them back
          </Button>
        </Group>
      )}
      {job && <JobProgress job={job} />}
      <ProblemAlert error={error} />
    </Stack>
  );
}

/** Reads the page anew now and then, while work is under way that was started elsewhere. */
function useLookAgain(isWanted: boolean): void {
  const router = useRouter();
  const look = useEffectEvent(() => router.refresh());
  useEffect(() => {
    if (!isWanted) return undefined;
    const timer = setInterval(() => look(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWanted]);
}
