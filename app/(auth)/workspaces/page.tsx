import { Divider, Stack, Text, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { pagePerson } from '#lib/auth/page-session.ts';
import { membershipsOf } from '#lib/auth/workspace.ts';
import { ChooseWorkspaceButton } from './_components/choose-workspace-button.tsx';
import { CreateWorkspaceForm } from './_components/create-workspace-form.tsx';
import { SignOutButton } from './_components/sign-out-button.tsx';

export const metadata: Metadata = { title: 'Workspaces' };

export default async function WorkspacesPage() {
  const { userId, email } = await pagePerson();
  const workspaces = await membershipsOf(userId);
  return (
    <Stack>
      <Title order={1} size="h3">
        {workspaces.length > 0 ? 'Choose a workspace' : 'Make a workspace'}
      </Title>
      {workspaces.length === 0 && (
        <Text>You belong to no workspace. Make one of your own, or ask for an invitation to {email}.</Text>
      )}
      {workspaces.map((workspace) => (
        <ChooseWorkspaceButton key={workspace.id} workspace={workspace} />
      ))}
      {workspaces.length > 0 && <Divider label="or make a new one" />}
      <CreateWorkspaceForm />
      <SignOutButton email={email} />
    </Stack>
  );
}
