import { Paper, Stack, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { getProfile } from '#lib/workspaces/profile.ts';
import { PasswordForm } from './_components/password-form.tsx';
import { ProfileForm } from './_components/profile-form.tsx';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfilePage() {
  const session = await pageSession();
  const profile = await getProfile(session);
  return (
    <>
      <PageHeader
        title="Profile"
        description="How you are called, how you read times, and what you are mailed, in every workspace."
      />
      <Stack gap="lg" maw={520}>
        <Paper withBorder p="lg">
          <ProfileForm email={session.email} profile={profile} />
        </Paper>
        <Paper withBorder p="lg" component="section" aria-labelledby="password">
          <Title order={2} size="h4" id="password" mb="md">
            Change your password
          </Title>
          <PasswordForm email={session.email} />
        </Paper>
      </Stack>
    </>
  );
}
