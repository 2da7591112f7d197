import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { Time } from '#app/_ui/format.tsx';
import type { Session } from '#lib/auth/session.ts';
import type { Member } from '#lib/workspaces/members.ts';
import { type Heir, LeaveButton, RemoveButton } from './leaving.tsx';
import classes from './members.module.css';
import { nameOf } from './name-of.ts';
import { RoleSelect } from './role-select.tsx';

interface MemberListProps {
  readonly members: readonly Member[];
  readonly heirs: readonly Heir[];
  readonly session: Pick<Session, 'userId' | 'role'>;
}

/** Everybody of the workspace; to an owner with what can be changed. */
export function MemberList({ members, heirs, session }: MemberListProps) {
  const owners = members.filter(({ role }) => role === 'owner').length;
  return (
    <Paper withBorder>
      <ul className={classes.list}>
        {members.map((member) => (
          <Group component="li" key={member.userId} className={classes.row} justify="space-between">
            <Who member={member} you={member.userId === session.userId} />
            <Controls
              member={member}
              heirs={heirs.filter(({ value }) => value !== member.userId)}
              session={session}
              isLastOwner={member.role === 'owner' && owners === 1}
            />
          </Group>
        ))}
      </ul>
    </Paper>
  );
}

function Who({ member, you }: { member: Member; you: boolean }) {
  return (
    <Stack gap={2} miw={0} style={{ overflowWrap: 'anywhere' }}>
      <Group gap="xs">
        <Text fw={500}>{nameOf(member)}</Text>
        {you && (
          <Badge color="gray.7" radius="sm">
            you
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {member.displayName && <>{member.email}, </>}since <Time at={member.joinedAt} />
      </Text>
    </Stack>
  );
}

interface ControlsProps extends Omit<MemberListProps, 'members'> {
  readonly member: Member;
  readonly isLastOwner: boolean;
}

/** Nobody changes their own role: whoever gives theirs up asks another owner. The last one stays. */
function Controls({ member, heirs, session, isLastOwner }: ControlsProps) {
  const { userId, role, exports } = member;
  const you = userId === session.userId;
  const name = nameOf(member);
  return (
    <Group gap="sm">
      {session.role === 'owner' && !you ? (
        <RoleSelect userId={userId} name={name} role={role} />
      ) : (
        <Text size="sm">{role}</Text>
      )}
      {you && !isLastOwner && <LeaveButton exports={exports} heirs={heirs} />}
      {session.role === 'owner' && !you && (
        <RemoveButton userId={userId} name={name} exports={exports} heirs={heirs} />
      )}
    </Group>
  );
}
