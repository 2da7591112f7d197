'use client';

import { Button } from '@mantine/core';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { ConfirmButton } from '#app/_ui/confirm-button.tsx';
import { LinkButton } from '#app/_ui/link.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { duplicate, remove } from '#app/(dashboard)/exports/actions.ts';

/** What can be done with an export beside running it. */
export function ExportActions({ id, name, children }: { id: string; name: string; children: ReactNode }) {
  const router = useRouter();
  const duplicating = useAction(duplicate);
  const removing = useAction(remove);
  const makeCopy = async () => {
    const copy = await duplicating.run({ id });
    if (copy) router.push(`/exports/${copy.id}` as Route);
  };
  return (
    <>
      <LinkButton variant="default" href={`/exports/${id}/edit` as Route}>
        Edit
      </LinkButton>
      <Button variant="default" loading={duplicating.pending} onClick={makeCopy}>
        Duplicate
      </Button>
      {children}
      <ConfirmButton
        question={`Delete ${name}?`}
        consequence="The export and its history go for good. Links to its files that were given out work until they expire; new ones cannot be made."
        confirmLabel="Delete"
        pending={removing.pending}
        onConfirm={() => removing.run({ id })}
      >
        Delete
      </ConfirmButton>
      <ProblemAlert error={duplicating.error ?? removing.error} />
    </>
  );
}
