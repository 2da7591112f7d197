'use client';

import { Button, Group, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { renew, revoke } from '#app/(dashboard)/settings/members/actions.ts';
import type { SentInvitation } from '#lib/workspaces/invitations.ts';
import { SentNotice } from './sent-notice.tsx';

interface InvitationButtonsProps {
  readonly id: string;
  readonly email: string;
  /** The invitation itself, beside the buttons. */
  readonly children: ReactNode;
}

/** Sends an invitation again, by a new link, or takes it back. */
export function InvitationButtons({ id, email, children }: InvitationButtonsProps) {
  const renewing = useAction(renew);
  const revoking = useAction(revoke);
  const [sent, setSent] = useState<SentInvitation>();
  return (
    <Stack>
      <Group justify="space-between">
        {children}
        <Group gap="sm">
          <Button
            variant="default"
            loading={renewing.pending}
            aria-label={`Send a new link to ${email}`}
            onClick={async () => setSent(await renewing.run({ id }))}
          >
            Send a new link
          </Button>
          <Button
            variant="default"
            loading={revoking.pending}
            aria-label={`Take back the invitation of ${email}`}
            onClick={() => revoking.run({ id })}
          >
            Take back
          </Button>
        </Group>
      </Group>
      <ProblemAlert error={renewing.error ?? revoking.error} />
      <div aria-live="polite">{sent && <SentNotice sent={sent} />}</div>
    </Stack>
  );
}
