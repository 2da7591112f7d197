'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '#lib/api/action.ts';
import { exportDefinition, MAX_LINK_HOURS } from '#lib/exports/definition.ts';
import { createExport, deleteExport, duplicateExport, updateExport } from '#lib/exports/exports.ts';
import { runExport } from '#lib/exports/runs.ts';
import { shareArtifact } from '#lib/exports/share.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';

const byId = z.strictObject({ id: z.guid() });

/** Saves a new export. */
export const create = action(exportDefinition, (session, definition) => createExport(session, definition));

/** Saves changes to an export; what is null is taken away. */
export const update = action(
  z.strictObject({ id: z.guid(), patch: z.record(z.string(), z.unknown()) }),
  (session, { id, patch }) => updateExport(session, id, patch),
);

export const duplicate = action(byId, (session, { id }) => duplicateExport(session, id));

/** Goes on to the list. */
export const remove = action(byId, async (session, { id }) => {
  await deleteExport(session, id);
  redirect('/exports');
});

export const run = action(byId, (session, { id }) => runExport(session, id));

/** Asks for a run, by its job's id, to be cancelled. */
export const cancel = action(byId, (session, { id }) => cancelJob(session, id));

/** A link to a file that works for a chosen time. */
export const share = action(
  z.strictObject({ id: z.guid(), hours: z.int().min(1).max(MAX_LINK_HOURS) }),
  (session, { id, hours }) => shareArtifact(session, id, hours),
  { role: 'viewer' },
);
