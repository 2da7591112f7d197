'use client';

import { notifications } from '@mantine/notifications';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { z } from 'zod';
import { useAction } from '#app/_ui/use-action.ts';
import { run } from '#app/(dashboard)/exports/actions.ts';
import { apply } from '#app/(dashboard)/exports/templates/actions.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { fromTemplate } from '#lib/exports/templates/schema.ts';

interface Applying {
  readonly pending: boolean;
  readonly error: ActionError | null;
  save(chosen: z.input<typeof fromTemplate>, andRun: boolean): Promise<void>;
}

/** Saves the export that a template gives, runs it where asked to, and goes to its page. */
export function useApply(): Applying {
  const router = useRouter();
  const applying = useAction(apply);
  const running = useAction(run);
  const [saved, setSaved] = useState(false);
  return {
    pending: applying.pending || running.pending || saved,
    error: applying.error,
    async save(chosen, andRun) {
      const made = await applying.run(chosen);
      if (!made) return;
      setSaved(true);
      if (andRun && !(await running.run({ id: made.id }))) {
        notifications.show({ color: 'red', message: 'The export is saved, but it could not be started.' });
      }
      router.push(`/exports/${made.id}` as Route);
    },
  };
}
