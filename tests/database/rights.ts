import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Everything of one workspace that a row of any table may refer to. */
export interface Ground {
  readonly workspace: string;
  readonly user: string;
  readonly source: string;
  readonly dataset: string;
  readonly job: string;
  readonly run: string;
  readonly deletion: string;
  readonly export: string;
}

type Rank = 'viewer' | 'editor' | 'owner';

/** The least role that may do a thing, or `never`. */
type Need = Rank | 'never';

export interface Rights {
  readonly select: Need;
  readonly insert: Need;
  readonly update: Need;
  readonly delete: Need;
  /** Whether `authenticated` may read it through the Data API. */
  readonly dataApi?: true;
  /** A column that an update may set to itself. */
  readonly touch?: string;
  /** A row of that workspace. */
  readonly row: (ground: Ground) => Readonly<Record<string, unknown>>;
}

const dataset: Omit<Rights, 'row'> = {
  select: 'viewer',
  insert: 'editor',
  update: 'editor',
  delete: 'editor',
  dataApi: true,
  touch: 'extra',
};

const history: Omit<Rights, 'row' | 'touch'> = {
  select: 'viewer',
  insert: 'editor',
  update: 'editor',
  delete: 'editor',
};

const closed: Omit<Rights, 'row'> = { select: 'never', insert: 'never', update: 'never', delete: 'never' };

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
  'public.exports': {
    ...history,
    touch: 'name',
    row: ({ workspace }) => ({
      workspace_id: workspace,
      name: 'All',
      dataset: 'vendors',
      definition: '{}',
    }),
  },
  'public.artifacts': {
    select: 'viewer',
    insert: 'editor',
    update: 'never',
    delete: 'never',
    row: ({ workspace }) => ({
      workspace_id: workspace,
      file_name: 'all.csv',
      path: `artifacts/${workspace}/${randomUUID()}`,
      media_type: 'text/csv',
      bytes: 1,
      rows: 1,
      sha256: 'x',
      manifest: '{}',
      expires_at: '2100-01-01',
    }),
  },
  'public.export_watermarks': {
    ...history,
    touch: 'revision',
    row: ({ workspace, export: id, dataset: datasetId }) => ({
      workspace_id: workspace,
      export_id: id,
      dataset_id: datasetId,
      revision: 1,
    }),
  },
  'private.source_credentials': {
    ...closed,
    row: ({ workspace, source }) => ({
      workspace_id: workspace,
      source_id: source,
      key_id: 'k',
      ciphertext: Buffer.from('x'),
    }),
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
