/**
 * What follows the end of a sync or a replay: the run that the source has called for meanwhile, and word of a change
 * in its health. Loads what starts syncs when it is needed, since that knows the job which this is a part of.
 */
export async function followUp({ sourceId }: { readonly sourceId: string }): Promise<void> {
  const [{ startPending }, { watchSource }] = await Promise.all([
    import('./webhooks.ts'),
    import('./alerts/watch.ts'),
  ]);
  await startPending(sourceId);
  await watchSource(sourceId);
}
