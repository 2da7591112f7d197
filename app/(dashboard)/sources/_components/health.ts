import type { SourceView } from '#lib/sources/view.ts';

const standing: Readonly<Record<string, string>> = {
  idle: 'idle',
  completed: 'ok',
  failed: 'error',
  cancelled: 'cancelled',
};

const wrong: Readonly<Record<SourceView['health'], string | null>> = {
  ok: null,
  failed: 'error',
  late: 'late',
  rows_off: 'rows_off',
  silent: 'silent',
};

type Standing = Pick<SourceView, 'enabled' | 'syncStatus' | 'health'>;
type Troubled = Standing & Pick<SourceView, 'syncError' | 'healthReason'>;

/** How a source is doing, as `StatusBadge` knows it. */
export function healthOf({ enabled, syncStatus, health }: Standing): string {
  if (syncStatus === 'queued' || syncStatus === 'running') return 'syncing';
  if (!enabled) return 'disabled';
  return wrong[health] ?? standing[syncStatus] ?? syncStatus;
}

/** What is wrong with a source, in a sentence; null where nothing is that somebody has to look after. */
export function problemOf({ enabled, health, healthReason, syncError }: Troubled): string | null {
  if (syncError && syncError.code !== 'cancelled') return syncError.message;
  return enabled && health !== 'ok' ? healthReason : null;
}
