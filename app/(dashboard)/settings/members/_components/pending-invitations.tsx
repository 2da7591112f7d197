import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Time } from '#app/_ui/format.tsx';
import type { Invitation } from '#lib/workspaces/invitations.ts';
import { InvitationButtons } from './invitation-buttons.tsx';
import classes from './members.module.css';

/** Who was invited and has not come yet. */
export function PendingInvitations({ invitations }: { invitations: readonly Invitation[] }) {
  return (
    <Stack>
      <Title order={2} size="h4">
        Invited
      </Title>
      <Paper withBorder>
        <ul className={classes.list}>
          {invitations.map((invitation) => (
            <li key={invitation.id} className={classes.row}>
              <PendingInvitation invitation={invitation} />
            </li>
          ))}
        </ul>
      </Paper>
    </Stack>
  );
}

function PendingInvitation({ invitation }: { invitation: Invitation }) {
  const { id, email, role, expiresAt, expired } = invitation;
  return (
    <InvitationButtons id={id} email={email}>
      <Stack gap={2} miw={0} style={{ overflowWrap: 'anywhere' }}>
        <Group gap="xs">
          <Text fw={500}>{email}</Text>
          {expired && (
            <Badge color="red.9" radius="sm">
              expired
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {role}, {expired ? 'until' : 'open until'} <Time at={expiresAt} />
        </Text>
      </Stack>
    </InvitationButtons>
  );
}
