import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { exportRights } from './export-rights.ts';
import { closed, dataset, history, type Rights } from './kinds-of-rights.ts';
import { serviceRights } from './service-rights.ts';

/** Who may do what with each table. A table that is missing here fails the suite. */
export const rights: Readonly<Record<string, Rights>> = {
  'public.workspaces': {
    select: 'viewer',
    insert: 'never',
    update: 'owner',
    delete: 'never',
    touch: 'name',
    row: () => ({ name: 'another' }),
  },
  'public.workspace_members': {
    select: 'viewer',
    insert: 'never',
    update: 'owner',
    delete: 'never',
    touch: 'role',
    row: ({ workspace, user }) => ({ workspace_id: workspace, user_id: user, role: 'viewer' }),
  },
  'public.profiles': { ...closed, row: ({ user }) => ({ user_id: user }) },
  'public.invitations': {
    select: 'owner',
    insert: 'owner',
    update: 'owner',
    delete: 'never',
    touch: 'role',
    row: ({ workspace }) => ({
      workspace_id: workspace,
      email: `${randomUUID()}@example.com`,
      role: 'viewer',
      token_hash: randomBytes(32),
    }),
  },
  'public.api_keys': {
    select: 'viewer',
    insert: 'editor',
    update: 'owner',
    delete: 'never',
    touch: 'name',
    row: ({ workspace }) => ({
      workspace_id: workspace,
      name: 'key',
      prefix: 'ent_',
      hash: randomBytes(32),
      scope: 'read',
    }),
  },
  'public.jobs': {
    select: 'viewer',
    insert: 'editor',
    update: 'editor',
    delete: 'never',
    touch: 'cancel_requested_at',
    row: ({ workspace }) => ({ workspace_id: workspace, kind: 'sync', payload: '{}', payload_version: 1 }),
  },
  'public.audit_log': {
    select: 'editor',
    insert: 'viewer',
    update: 'never',
    delete: 'never',
    row: ({ workspace }) => ({ workspace_id: workspace, action: 'source.created' }),
  },
  'public.external_data_sources': {
    ...history,
    touch: 'display_name',
    row: ({ workspace }) => ({
      workspace_id: workspace,
      source_type: 'csv',
      display_name: 'rows',
      config: '{}',
    }),
  },
  'public.source_webhooks': {
    ...history,
    touch: 'pending_at',
    row: ({ workspace, source }) => ({
      workspace_id: workspace,
      source_id: source,
      token_hash: randomBytes(32),
    }),
  },
  'public.uploads': {
    select: 'viewer',
    insert: 'editor',
    update: 'never',
    delete: 'editor',
    row: ({ workspace }) => {
      const id = randomUUID();
      return {
        id,
        workspace_id: workspace,
        file_name: 'rows.csv',
        bytes: 1,
        content_type: 'text/csv',
        path: `uploads/${workspace}/${id}`,
      };
    },
  },
  'public.datasets': {
    select: 'viewer',
    insert: 'never',
    update: 'editor',
    delete: 'never',
    touch: 'label',
    row: ({ workspace }) => ({
      workspace_id: workspace,
      name: 'another',
      label: 'Another',
      kind: 'made',
      table_schema: 'data',
      table_name: 'd_1',
      columns: '[]',
      key: '{a}',
    }),
  },
  'public.inventory_items': { ...dataset, row: ({ workspace }) => ({ workspace_id: workspace, sku: '007' }) },
  'public.vendors': { ...dataset, row: ({ workspace }) => ({ workspace_id: workspace, vendor_id: 'V1' }) },
  'public.purchase_orders': {
    ...dataset,
    row: ({ workspace }) => ({ workspace_id: workspace, order_number: 'PO-1' }),
  },
  'public.purchase_order_lines': {
    ...dataset,
    row: ({ workspace }) => ({ workspace_id: workspace, order_number: 'PO-1', line_number: 1 }),
  },
  'public.ledger_entries': {
    ...dataset,
    row: ({ workspace }) => ({ workspace_id: workspace, entry_id: 'E1' }),
  },
  /** Stands for every made table: they are all equipped by the same function. */
  'data.made': {
    ...dataset,
    row: ({ workspace }) => ({ workspace_id: workspace, code: '007', created_revision: 1, revision: 1 }),
  },
  'public.sync_runs': {
    ...history,
    touch: 'status',
    row: ({ workspace, source }) => ({
      workspace_id: workspace,
      source_id: source,
      trigger: 'api',
      mode: 'full',
      mapping_version: 1,
    }),
  },
  'public.sync_cursors': {
    ...history,
    touch: 'cursor',
    row: ({ workspace, source, run }) => ({
      workspace_id: workspace,
      source_id: source,
      run_id: run,
      stream: randomUUID(),
      mapping_version: 1,
      config_version: 1,
      from_revision: 0,
    }),
  },
  'public.sync_revisions': {
    ...history,
    touch: 'stream',
    row: ({ workspace, run, dataset: id, source }) => ({
      workspace_id: workspace,
      run_id: run,
      dataset_id: id,
      source_id: source,
      stream: 'rows',
      revision: randomInt(2 ** 47),
    }),
  },
  'public.sync_changes': {
    ...history,
    touch: 'fields',
    row: ({ workspace, run, dataset: id, source }) => ({
      workspace_id: workspace,
      run_id: run,
      dataset_id: id,
      source_id: source,
      stream: 'rows',
      external_id: '1',
      operation: 'inserted',
      revision: 1,
    }),
  },
  'public.sync_rejects': {
    ...history,
    touch: 'reason',
    row: ({ workspace, run, source }) => ({
      workspace_id: workspace,
      run_id: run,
      source_id: source,
      stream: 'rows',
      reason: 'not a number',
      payload: '{}',
      mapping_version: 1,
    }),
  },
  'public.sync_deletions': {
    ...history,
    touch: 'status',
    row: ({ workspace, dataset: id, source }) => ({
      workspace_id: workspace,
      dataset_id: id,
      source_id: source,
      stream: 'rows',
      status: 'held',
      vanished: 1,
      present: 1,
      before_revision: 1,
      source_version: '2026-01-01',
    }),
  },
  'public.sync_deletion_rows': {
    ...history,
    touch: 'revision',
    row: ({ workspace, deletion }) => ({
      workspace_id: workspace,
      deletion_id: deletion,
      external_id: randomUUID(),
    }),
  },
  'public.row_edits': {
    ...history,
    touch: 'value',
    row: ({ workspace, dataset: id, source }) => ({
      workspace_id: workspace,
      dataset_id: id,
      source_id: source,
      stream: 'rows',
      external_id: randomUUID(),
      field: 'name',
    }),
  },
  ...exportRights,
  ...serviceRights,
};
