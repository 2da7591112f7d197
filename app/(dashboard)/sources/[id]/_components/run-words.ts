import type { RunView } from '#lib/sources/runs.ts';

const triggers: Readonly<Record<RunView['trigger'], string>> = {
  manual: 'started by hand',
  schedule: 'on schedule',
  webhook: 'asked for by the source',
  api: 'started through the API',
};

const modes: Readonly<Record<RunView['mode'], string>> = {
  full: 'Full sync',
  incremental: 'Incremental sync',
  replay: 'Replay of rejected rows',
};

/** What kind of run it is. */
export function kindOf({ mode, dryRun }: Pick<RunView, 'mode' | 'dryRun'>): string {
  return dryRun ? 'Dry run' : modes[mode];
}

/** Who or what started it. */
export function triggerOf({ trigger }: Pick<RunView, 'trigger'>): string {
  return triggers[trigger];
}

/** How long it took in milliseconds; null while it has not ended. */
export function tookMs({
  startedAt,
  completedAt,
}: Pick<RunView, 'startedAt' | 'completedAt'>): number | null {
  return startedAt && completedAt ? Date.parse(completedAt) - Date.parse(startedAt) : null;
}

/** What of the source's quota it spent: `12 calls, 2 of them wasted, 3 answers from the cache`. */
export function callsInWords(
  { apiCalls, wastedCalls, cacheHits }: Pick<RunView, 'apiCalls' | 'wastedCalls' | 'cacheHits'>,
  number: (value: number) => string,
): string {
  const calls = apiCalls === 1 ? '1 call' : `${number(apiCalls)} calls`;
  const wasted = wastedCalls > 0 ? [`${number(wastedCalls)} of them wasted`] : [];
  const cached = cacheHits > 0 ? [`${number(cacheHits)} from the cache`] : [];
  return [calls, ...wasted, ...cached].join(', ');
}

/** How many things a person should know of it. */
export function warningsInWords({ warnings }: Pick<RunView, 'warnings'>): string | null {
  if (warnings.length === 0) return null;
  return warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
}

/** Where the rows are that a run has rejected: those that a replay rejects stay with the sync that set them aside. */
export function rejectsOf({ id, sourceId, mode }: Pick<RunView, 'id' | 'sourceId' | 'mode'>): string {
  const rejects = `/sources/${sourceId}/rejects`;
  return mode === 'replay' ? rejects : `${rejects}?run=${id}&status=all`;
}
