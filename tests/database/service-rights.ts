import { randomUUID } from 'node:crypto';
import { closed, type Rights } from './kinds-of-rights.ts';

/** The tables that the service alone comes near. */
export const serviceRights: Readonly<Record<string, Rights>> = {
  'private.source_credentials': {
    ...closed,
    row: ({ workspace, source }) => ({
      workspace_id: workspace,
      source_id: source,
      key_id: 'k',
      ciphertext: Buffer.from('x'),
    }),
  },
  'private.pseudonym_secrets': {
    ...closed,
    row: ({ workspace }) => ({ workspace_id: workspace, key_id: 'k', ciphertext: Buffer.from('x') }),
  },
  'private.sync_seen': { ...closed, row: ({ run }) => ({ run_id: run, stream: 'rows', page: 0, keys: [] }) },
  'private.rate_limit_windows': {
    ...closed,
    row: () => ({ limit_key: 'k', called_at: '2026-01-01', expires_at: '2100-01-01' }),
  },
  'private.rate_limit_closures': {
    ...closed,
    row: () => ({ limit_key: randomUUID(), closed_until: '2100-01-01' }),
  },
  'private.idempotent_requests': {
    ...closed,
    row: ({ workspace: w, user }) => ({ workspace_id: w, actor_id: user, key_hash: 'k', request_hash: 'r' }),
  },
  'private.response_cache': {
    ...closed,
    row: ({ workspace }) => ({
      cache_key: randomUUID(),
      workspace_id: workspace,
      body: Buffer.from('x'),
      expires_at: '2100-01-01',
    }),
  },
};
