'use client';

import { useRouter } from 'next/navigation';
import { ConfirmButton } from '#app/_ui/confirm-button.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { remove } from '#app/(dashboard)/exports/templates/actions.ts';

/** Deletes a template, once that is confirmed. */
export function RemoveTemplateButton({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const removing = useAction(remove);
  return (
    <>
      <ConfirmButton
        question={`Delete ${name}?`}
        consequence="The template goes for good. Exports that were made from it stay as they are."
        confirmLabel="Delete"
        pending={removing.pending}
        onConfirm={async () => {
          await removing.run({ id });
          router.refresh();
        }}
      >
        Delete
      </ConfirmButton>
      <ProblemAlert error={removing.error} />
    </>
  );
}
