'use client';

import { ConfirmButton } from '#app/_ui/confirm-button.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { removeView } from '#app/(dashboard)/data/actions.ts';

/** Takes a view off the list, once that is confirmed. */
export function RemoveViewButton({ name, label }: { name: string; label: string }) {
  const removing = useAction(removeView);
  return (
    <>
      <ConfirmButton
        question={`Take ${label} away?`}
        consequence="It leaves the list of datasets. The view and its rows stay in your database, and it can be added again."
        confirmLabel="Take it away"
        pending={removing.pending}
        onConfirm={() => removing.run({ name })}
      >
        Take this view away
      </ConfirmButton>
      <ProblemAlert error={removing.error} />
    </>
  );
}
