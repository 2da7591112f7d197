import type { SourceView } from '#lib/sources/view.ts';

const healths: Readonly<Record<string, string>> = {
  idle: 'idle',
  queued: 'syncing',
  running: 'syncing',
  completed: 'ok',
  failed: 'error',
  cancelled: 'cancelled',
};

/** How a source is doing, as `StatusBadge` knows it. */
export function healthOf({ enabled, syncStatus }: Pick<SourceView, 'enabled' | 'syncStatus'>): string {
  const health = healths[syncStatus] ?? syncStatus;
  return enabled || health === 'syncing' ? health : 'disabled';
}
