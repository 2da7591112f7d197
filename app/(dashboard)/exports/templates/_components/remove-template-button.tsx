'use client';

import type { ButtonProps } from '@mantine/core';
import { ConfirmButton } from '#app/_ui/confirm-button.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { remove } from '#app/(dashboard)/exports/templates/actions.ts';

/** Deletes a template, once that is confirmed, and goes to the list. */
export function RemoveTemplateButton({ id, name, ...button }: ButtonProps & { id: string; name: string }) {
  const removing = useAction(remove);
  return (
    <>
      <ConfirmButton
        {...button}
        question={`Delete ${name}?`}
        consequence="The template goes for good. Exports that were made from it stay as they are."
        confirmLabel="Delete"
        pending={removing.pending}
        onConfirm={() => removing.run({ id })}
      >
        Delete
      </ConfirmButton>
      <ProblemAlert error={removing.error} title="Not deleted" />
    </>
  );
}
