import { randomBytes, randomUUID } from 'node:crypto';
import { history, type Rights } from './kinds-of-rights.ts';

/** The tables of exports, of what they start from and of what they leave behind. */
export const exportRights: Readonly<Record<string, Rights>> = {
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
  'public.export_templates': {
    ...history,
    touch: 'name',
    row: ({ workspace }) => ({ workspace_id: workspace, name: 'All', template: '{}' }),
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
  'public.export_ledger': {
    ...history,
    touch: 'cells',
    row: ({ workspace, export: id }) => ({
      workspace_id: workspace,
      export_id: id,
      row_key: 'a',
      row_hash: randomBytes(32),
      cells: '{}',
    }),
  },
  'public.export_changes': {
    ...history,
    touch: 'cells',
    row: ({ workspace, export: id }) => ({
      workspace_id: workspace,
      export_id: id,
      token: randomUUID(),
      row_key: 'a',
      row_hash: randomBytes(32),
      change: 'added',
      cells: '{}',
      place: 1,
    }),
  },
};
