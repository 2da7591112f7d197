import { listObjects, removeObjects } from './objects.ts';

/** Where a sync run keeps the pages of bodies that it has read; ends with a slash. */
export function spoolFolder(runId: string): string {
  return `spool/${runId}/`;
}

/** Removes everything that a run has spooled. */
export async function discardSpool(runId: string): Promise<void> {
  await removeObjects(await listObjects(spoolFolder(runId)));
}
