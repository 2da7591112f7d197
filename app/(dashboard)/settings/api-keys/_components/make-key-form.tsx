'use client';

import { Button, Group, NativeSelect, Radio, RadioGroup, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { createKey } from '#app/(dashboard)/settings/api-keys/actions.ts';
import type { Scope } from '#lib/auth/roles.ts';
import { scopeWords } from './scope-words.ts';

interface MakeKeyFormProps {
  readonly scopes: readonly Scope[];
  onMade(key: string): void;
  onCancel(): void;
}

const DAY_MS = 86_400_000;
const lifetimes = [
  { value: '', label: 'Never' },
  { value: '7', label: 'In 7 days' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
];

/** Asks for a key's name, what it may do and until when. */
export function MakeKeyForm({ scopes, onMade, onCancel }: MakeKeyFormProps) {
  const { run, pending, error } = useAction(createKey);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', scope: 'read' as Scope, days: '' },
    validate: { name: (name) => (name.trim() === '' ? 'Say what the key is for' : null) },
  });
  const submit = form.onSubmit(async ({ name, scope, days }) => {
    const made = await run({ name, scope, ...(days !== '' && { expiresAt: inDays(Number(days)) }) });
    if (made) onMade(made.key);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <ProblemAlert error={error} />
        <TextInput
          label="Name"
          description="What will use it, such as “Nightly report”."
          maxLength={200}
          required
          data-autofocus
          {...form.getInputProps('name')}
          key={form.key('name')}
        />
        <RadioGroup label="What it may do" {...form.getInputProps('scope')} key={form.key('scope')}>
          <Stack gap="xs" mt="xs">
            {scopes.map((scope) => (
              <Radio
                key={scope}
                value={scope}
                label={scopeWords[scope][0]}
                description={scopeWords[scope][1]}
              />
            ))}
          </Stack>
        </RadioGroup>
        <NativeSelect
          label="Expires"
          data={lifetimes}
          {...form.getInputProps('days')}
          key={form.key('days')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}
