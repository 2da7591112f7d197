import type { SourceView } from '#lib/sources/view.ts';

/** Why a source cannot be synced, in a sentence; null where it can. */
export function hindranceOf({ enabled, streams }: Pick<SourceView, 'enabled' | 'streams'>): string | null {
  if (!enabled) return 'It is paused: turn it on in its settings.';
  if (Object.keys(streams).length === 0) return 'Nothing of it is mapped onto a dataset yet.';
  return null;
}
