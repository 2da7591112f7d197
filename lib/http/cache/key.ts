import { createHmac } from 'node:crypto';
import type { OutboundRequest } from '#connectors/contract.ts';
import { env } from '#lib/env.ts';
import type { EntryKey } from './store.ts';

/** Whose answers are kept apart from everybody else's. */
export interface CacheScope {
  readonly workspaceId: string;
  readonly sourceType: string;
  /** Of a recorded pass, whose answers are kept apart from all others. */
  readonly passId?: string | undefined;
}

/**
 * `connector:{source_type}:{workspace_id}:{method}:{hash}`. The hash is of the address and every header, so that
 * other credentials find other answers; it takes our own key to make, so that nobody can try credentials on it.
 */
export function entryKeyOf(
  { workspaceId, sourceType, passId }: CacheScope,
  request: OutboundRequest,
): EntryKey {
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const asked = JSON.stringify([passId ?? null, request.url, headers.sort()]);
  const hash = createHmac('sha256', env().ENCRYPTION_KEYS).update(asked).digest('base64url');
  return { workspaceId, key: `connector:${sourceType}:${workspaceId}:GET:${hash}` };
}
