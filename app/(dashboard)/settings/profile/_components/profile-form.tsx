'use client';

import { Button, Group, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { updateProfile } from '#app/(dashboard)/settings/profile/actions.ts';
import type { Profile } from '#lib/workspaces/profile.ts';
import { TimeZoneSelect } from './time-zone-select.tsx';

export function ProfileForm({ email, profile }: { email: string; profile: Profile }) {
  const { run, pending, error } = useAction(updateProfile);
  const form = useForm({
    initialValues: {
      displayName: profile.displayName ?? '',
      timeZone: profile.timeZone ?? '',
      alertMails: profile.alertMails,
    },
  });
  const submit = form.onSubmit(async (values) => {
    const saved = await run(values);
    if (saved) notifications.show({ message: 'Your profile is saved.' });
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={error?.fields ? null : error} />
        <TextInput label="E-mail" value={email} readOnly description="You sign in with it." />
        <TextInput
          label="Name"
          description="What the other members see beside your address."
          autoComplete="name"
          maxLength={200}
          {...form.getInputProps('displayName')}
          error={error?.fields?.displayName}
        />
        <TimeZoneSelect {...form.getInputProps('timeZone')} error={error?.fields?.timeZone} />
        <Switch
          label="Mails about sources"
          description="When a source of a workspace that you own fails, is late or is well again."
          {...form.getInputProps('alertMails', { type: 'checkbox' })}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={pending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
