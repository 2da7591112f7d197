'use client';

import { notifications } from '@mantine/notifications';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useAction } from '#app/_ui/use-action.ts';
import { create, run, update } from '#app/(dashboard)/exports/actions.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { ExportDefinition, ExportInput } from '#lib/exports/definition.ts';

interface Saving {
  readonly pending: boolean;
  readonly error: ActionError | null;
  clearError(): void;
  /** Whether it is saved, and the page is on its way to the export. */
  readonly saved: boolean;
  save(definition: ExportInput, andRun: boolean): Promise<void>;
}

/**
 * Saves a new export, or what has been changed of the one of that id, which was `before`; runs it where asked to, and
 * goes to its page. What the definition no longer holds, the export loses.
 */
export function useSave(id: string | undefined, before: Partial<ExportDefinition>): Saving {
  const router = useRouter();
  const creating = useAction(create);
  const updating = useAction(update);
  const running = useAction(run);
  const [saved, setSaved] = useState(false);
  const save = async (definition: ExportInput, andRun: boolean) => {
    const view = id
      ? await updating.run({ id, patch: changesOf(before, definition) })
      : await creating.run(definition);
    if (!view) return;
    setSaved(true);
    if (andRun && !(await running.run({ id: view.id }))) {
      notifications.show({ color: 'red', message: 'The export is saved, but it could not be started.' });
    }
    router.push(`/exports/${view.id}` as Route);
  };
  return {
    save,
    saved,
    pending: creating.pending || updating.pending || running.pending || saved,
    error: creating.error ?? updating.error,
    clearError() {
      creating.clearError();
      updating.clearError();
    },
  };
}

/** The fields that are not as before, null for one that is gone: of the others somebody else may decide. */
function changesOf(before: Partial<ExportDefinition>, definition: ExportInput): Record<string, unknown> {
  const absent = Object.fromEntries(Object.keys(before).map((field) => [field, null]));
  const earlier: Readonly<Record<string, unknown>> = before;
  const entries = Object.entries({ ...absent, ...definition });
  return Object.fromEntries(
    entries.filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(earlier[field])),
  );
}
