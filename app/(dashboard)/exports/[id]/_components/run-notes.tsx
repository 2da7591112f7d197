import { Alert } from '@mantine/core';
import type { Session } from '#lib/auth/session.ts';
import { isEntrepotError } from '#lib/core/errors.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { runWarnings } from '#lib/exports/preview.ts';

/** What to know before a run: that it may take too long, or that the export no longer fits its data. */
export async function RunNotes({ session, view }: { session: Session; view: ExportView }) {
  return (await notesOn(session, view)).map((note) => (
    <Alert key={note} color="yellow">
      {note}
    </Alert>
  ));
}

async function notesOn(session: Session, view: ExportView): Promise<readonly string[]> {
  try {
    return await runWarnings(session, view);
  } catch (error) {
    if (isEntrepotError(error) && error.code === 'invalid') return [error.message];
    throw error;
  }
}
