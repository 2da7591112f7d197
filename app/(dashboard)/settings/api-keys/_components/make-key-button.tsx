'use client';

import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { Scope } from '#lib/auth/roles.ts';
import { MadeKey } from './made-key.tsx';
import { MakeKeyForm } from './make-key-form.tsx';

/** Makes a key in a dialog, which then shows it: the only time that it is seen. */
export function MakeKeyButton({ scopes }: { scopes: readonly Scope[] }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [made, setMade] = useState<string | null>(null);
  const begin = () => {
    setMade(null);
    open();
  };
  const keepOpen = made !== null;
  return (
    <>
      <Button onClick={begin}>Make a key</Button>
      <Modal
        opened={opened}
        onClose={close}
        title={made ? 'Your new key' : 'Make an API key'}
        closeOnClickOutside={!keepOpen}
        size="lg"
      >
        {made ? (
          <MadeKey value={made} onDone={close} />
        ) : (
          <MakeKeyForm scopes={scopes} onMade={setMade} onCancel={close} />
        )}
      </Modal>
    </>
  );
}
