/**
 * What follows the end of whatever held a source: word of a change in its source's health, and the run that the source
 * has called for meanwhile. Loads what starts syncs when it is needed, since that knows the job which this is a part
 * of.
 */
export async function followUp({ sourceId }: { readonly sourceId: string }): Promise<void> {
  const [{ startPending }, { watchSource }] = await Promise.all([
    import('./webhooks.ts'),
    import('./alerts/watch.ts'),
  ]);
  // In this order: a run under way says nothing yet, and would hide what this one came to.
  await watchSource(sourceId);
  await startPending(sourceId);
}
