'use client';

import { notifications } from '@mantine/notifications';
import { ConfirmButton } from '#app/_ui/confirm-button.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { revokeKey } from '#app/(dashboard)/settings/api-keys/actions.ts';

/** Ends a key for good, once asked. */
export function RevokeKeyButton({ id, name }: { id: string; name: string }) {
  const { run, pending } = useAction(async (input: { id: string }) => {
    const result = await revokeKey(input);
    if (!result.ok) notifications.show({ color: 'red', message: result.error.message });
    return result;
  });
  return (
    <ConfirmButton
      size="xs"
      question={`Revoke ${name}?`}
      consequence="Whatever uses this key is refused at once. A revoked key cannot be brought back."
      confirmLabel="Revoke"
      pending={pending}
      onConfirm={() => run({ id })}
    >
      Revoke
    </ConfirmButton>
  );
}
