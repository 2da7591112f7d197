import { Stack, Text } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { listInvitations } from '#lib/workspaces/invitations.ts';
import { countPausedExports, listMembers } from '#lib/workspaces/members.ts';
import { InviteForm } from './_components/invite-form.tsx';
import { MemberList } from './_components/member-list.tsx';
import { nameOf } from './_components/name-of.ts';
import { PausedExports } from './_components/paused-exports.tsx';
import { PendingInvitations } from './_components/pending-invitations.tsx';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage() {
  const session = await pageSession();
  const isOwner = session.role === 'owner';
  const [members, invitations, paused] = await Promise.all([
    listMembers(session),
    isOwner ? listInvitations(session) : [],
    isOwner ? countPausedExports(session) : 0,
  ]);
  const heirs = members
    .filter(({ role }) => role !== 'viewer')
    .map((member) => ({ value: member.userId, label: nameOf(member) }));
  const owners = members.filter(({ role }) => role === 'owner').map(nameOf);
  return (
    <>
      <PageHeader title="Members" description={`Who may see and do what in ${session.workspace.name}.`} />
      <Stack gap="xl">
        {paused > 0 && <PausedExports count={paused} heirs={heirs} />}
        <MemberList members={members} heirs={heirs} session={session} />
        {isOwner ? (
          <InviteForm open={invitations} />
        ) : (
          <Text c="dimmed">Only owners invite people and change roles. Ask {owners.join(' or ')}.</Text>
        )}
        {invitations.length > 0 && <PendingInvitations invitations={invitations} />}
      </Stack>
    </>
  );
}
