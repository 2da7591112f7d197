'use client';

import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { createWorkspace } from '#app/(auth)/workspaces/actions.ts';

export function CreateWorkspaceForm() {
  const { run, pending, error } = useAction(createWorkspace);
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: '' } });
  return (
    <form onSubmit={form.onSubmit((values) => run(values))}>
      <Stack>
        <ProblemAlert error={error?.fields ? null : error} />
        <TextInput
          label="Name of the new workspace"
          description="Such as your company’s."
          maxLength={200}
          required
          {...form.getInputProps('name')}
          error={error?.fields?.name}
          key={form.key('name')}
        />
        <Button type="submit" loading={pending}>
          Make the workspace
        </Button>
      </Stack>
    </form>
  );
}
