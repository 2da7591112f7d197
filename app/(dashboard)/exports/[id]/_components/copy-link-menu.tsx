'use client';

import {
  Button,
  Menu,
  MenuDropdown,
  MenuItem,
  MenuLabel,
  MenuTarget,
  Modal,
  Text,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { durationWords, linkHours } from '#app/(dashboard)/exports/_components/link-hours.ts';
import { share } from '#app/(dashboard)/exports/actions.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';

const HOUR_MS = 3_600_000;

/** Makes a link to the file that works for a chosen time, and copies it. */
export function CopyLinkMenu({ file }: { file: Artifact }) {
  const format = useFormat();
  const { run, pending, error } = useAction(share);
  const [byHand, setByHand] = useState<string>();
  const copy = async (hours: number) => {
    const link = await run({ id: file.id, hours });
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link.url);
      notifications.show({ message: `Link copied. It works until ${format.dateTime(link.expiresAt)}.` });
    } catch {
      setByHand(link.url);
    }
  };
  return (
    <>
      <Menu withInitialFocusPlaceholder={false}>
        <MenuTarget>
          <Button
            size="compact-sm"
            variant="default"
            loading={pending}
            leftSection={<IconLink size={14} aria-hidden />}
            aria-label={`Copy link to ${file.fileName}`}
          >
            Copy link
          </Button>
        </MenuTarget>
        <MenuDropdown>
          <MenuLabel>Whoever has it can download for</MenuLabel>
          <LinkLives keptUntil={file.keptUntil} onChoose={copy} />
        </MenuDropdown>
      </Menu>
      <ProblemAlert error={error} />
      <Modal opened={byHand !== undefined} onClose={() => setByHand(undefined)} title="Copy this link">
        <Text size="sm" mb="xs">
          The browser did not let us copy it: select it and copy it yourself.
        </Text>
        <TextInput
          aria-label="Link"
          readOnly
          value={byHand ?? ''}
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
      </Modal>
    </>
  );
}

/** No longer than the file is kept: a choice past that gives what is left. */
function LinkLives({ keptUntil, onChoose }: { keptUntil: string; onChoose(hours: number): void }) {
  const format = useFormat();
  const hoursLeft = (Date.parse(keptUntil) - Date.now()) / HOUR_MS;
  const offered = linkHours.filter((_, place) => (linkHours[place - 1] ?? 0) < hoursLeft);
  return offered.map((hours) => (
    <MenuItem key={hours} onClick={() => onChoose(hours)}>
      {hours <= hoursLeft
        ? durationWords(hours)
        : `As long as it is kept, until ${format.dateTime(keptUntil)}`}
    </MenuItem>
  ));
}
