'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useAction } from '#app/_ui/use-action.ts';
import { update } from '#app/(dashboard)/exports/templates/actions.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { TemplateView } from '#lib/exports/templates/schema.ts';
import type { TemplateDraft } from './template-draft.ts';

interface SavingTemplate {
  readonly pending: boolean;
  readonly error: ActionError | null;
  clearError(): void;
  /** Whether it is saved, and the page is on its way to where the template is used. */
  readonly saved: boolean;
  save(draft: TemplateDraft): Promise<void>;
}

/** Saves changes to a template, unless somebody else has changed it since it was read. */
export function useSaveTemplate({ id, updatedAt }: TemplateView): SavingTemplate {
  const router = useRouter();
  const updating = useAction(update);
  const [saved, setSaved] = useState(false);
  return {
    pending: updating.pending || saved,
    error: updating.error && inWords(updating.error),
    clearError: updating.clearError,
    saved,
    async save(draft) {
      if (!(await updating.run({ id, seen: updatedAt, patch: { ...draft } }))) return;
      setSaved(true);
      router.push(`/exports/templates/${id}` as Route);
    },
  };
}

/** Of a form there is no ETag to be seen. */
function inWords(error: ActionError): ActionError {
  if (error.code !== 'version_mismatch') return error;
  const message =
    'Somebody else has changed this template since you opened it here. Open this page again to see what it is now; what you have changed here would be lost.';
  return { ...error, message };
}
