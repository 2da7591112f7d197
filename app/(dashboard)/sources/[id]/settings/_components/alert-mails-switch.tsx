'use client';

import { Stack, Switch } from '@mantine/core';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { changeSource } from '#app/(dashboard)/sources/actions.ts';

interface AlertMailsSwitchProps {
  readonly id: string;
  readonly alertMails: boolean;
  readonly isOwner: boolean;
}

const HOW_FOR_ALL = 'Each owner can turn such mails off for all sources in the profile.';

/** Turns the mails about a source off and on, for all owners; it takes effect at once. */
export function AlertMailsSwitch({ id, alertMails, isOwner }: AlertMailsSwitchProps) {
  const { run, pending, error } = useAction(changeSource);
  return (
    <Stack gap="sm">
      <Switch
        label="Mail the owners when its health changes"
        description={`When it fails, is late or is well again. ${isOwner ? HOW_FOR_ALL : 'An owner of the workspace can change this.'}`}
        checked={alertMails}
        disabled={!isOwner || pending}
        onChange={(event) => void run({ id, patch: { alertMails: event.currentTarget.checked } })}
      />
      <ProblemAlert error={error} />
    </Stack>
  );
}
