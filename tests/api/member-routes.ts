import { type Belongings, datasetNamed, exportOf, sourceInto } from '#tests/api/furnish.ts';

/** A call that works for an editor of the workspace that everything in it belongs to. */
interface Call {
  readonly path: string;
  readonly body?: unknown;
}

interface MemberRoute {
  /** `fileUrl` is where a CSV can be read. */
  readonly call: (of: Belongings, fileUrl: string) => Call;
  /** What it answers where what the call names is another workspace's; null where it names nothing. */
  readonly foreign: 404 | 422 | null;
}

const names = (path: (of: Belongings) => string, body?: unknown): MemberRoute => ({
  call: (of) => ({ path: path(of), body }),
  foreign: 404,
});
const namesNothing = (path: string, body?: unknown): MemberRoute => ({
  call: () => ({ path, body }),
  foreign: null,
});

/** The key of the first row of every CSV that the suites serve. */
const CODE = '007';
const elsewhere = 'http://127.0.0.1:9/rows.csv';
let made = 0;

/** Every route for members, with those that destroy at the end. A route that is missing here fails the suite. */
export const memberRoutes: Readonly<Record<string, MemberRoute>> = {
  'GET /api/connectors': namesNothing('/api/connectors'),
  'POST /api/connectors/[type]/check': namesNothing('/api/connectors/csv/check', {
    config: { url: elsewhere },
  }),
  'POST /api/connectors/[type]/preview': {
    call: ({ dataset }, fileUrl) => ({
      path: '/api/connectors/csv/preview',
      body: { config: { url: fileUrl }, dataset },
    }),
    foreign: 404,
  },
  'POST /api/connectors/[type]/map': {
    call: ({ dataset }) => ({
      path: '/api/connectors/csv/map',
      body: { stream: 'rows', dataset, rows: '[{ "sku": "a" }]' },
    }),
    foreign: 404,
  },
  'GET /api/connectors/sources': namesNothing('/api/connectors/sources'),
  'POST /api/connectors/sources': {
    call: ({ dataset }) => ({ path: '/api/connectors/sources', body: sourceInto(dataset, elsewhere) }),
    foreign: 422,
  },
  'GET /api/connectors/sources/[id]': names(({ sourceId }) => `/api/connectors/sources/${sourceId}`),
  'PATCH /api/connectors/sources/[id]': names(({ sourceId }) => `/api/connectors/sources/${sourceId}`, {
    displayName: 'Renamed',
  }),
  'POST /api/connectors/sources/[id]/check': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/check`,
    {},
  ),
  'POST /api/connectors/sources/[id]/preview': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/preview`,
    {},
  ),
  'GET /api/connectors/sources/[id]/quota': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/quota`,
  ),
  'GET /api/connectors/sources/[id]/webhook': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/webhook`,
  ),
  'POST /api/connectors/sources/[id]/webhook': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/webhook`,
  ),
  'GET /api/connectors/sources/[id]/runs': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/runs`,
  ),
  'GET /api/connectors/sources/[id]/runs/[runId]': names(
    ({ sourceId, runId }) => `/api/connectors/sources/${sourceId}/runs/${runId}`,
  ),
  'GET /api/connectors/sources/[id]/runs/[runId]/changes': names(
    ({ sourceId, runId }) => `/api/connectors/sources/${sourceId}/runs/${runId}/changes`,
  ),
  'GET /api/connectors/sources/[id]/rejects': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/rejects`,
  ),
  'POST /api/connectors/sources/[id]/rejects/replay': names(
    ({ idleId }) => `/api/connectors/sources/${idleId}/rejects/replay`,
  ),
  'GET /api/connectors/sources/[id]/deletions': names(
    ({ thinnedId }) => `/api/connectors/sources/${thinnedId}/deletions`,
  ),
  'GET /api/connectors/sources/[id]/deletions/[deletionId]': names(
    ({ thinnedId, deletionId }) => `/api/connectors/sources/${thinnedId}/deletions/${deletionId}`,
  ),
  'GET /api/connectors/sources/[id]/deletions/[deletionId]/rows': names(
    ({ thinnedId, deletionId }) => `/api/connectors/sources/${thinnedId}/deletions/${deletionId}/rows`,
  ),
  'POST /api/connectors/sources/[id]/deletions/[deletionId]': names(
    ({ thinnedId, deletionId }) => `/api/connectors/sources/${thinnedId}/deletions/${deletionId}`,
    { decision: 'undo' },
  ),
  'POST /api/external/sync': {
    call: ({ sourceId }) => ({ path: '/api/external/sync', body: { sourceId } }),
    foreign: 404,
  },
  'GET /api/datasets': namesNothing('/api/datasets'),
  'POST /api/datasets': {
    call: () => ({ path: '/api/datasets', body: datasetNamed(`made_${++made}`) }),
    foreign: null,
  },
  'GET /api/datasets/database-views': namesNothing('/api/datasets/database-views'),
  'GET /api/datasets/[name]': names(({ dataset }) => `/api/datasets/${dataset}`),
  'PATCH /api/datasets/[name]': names(({ dataset }) => `/api/datasets/${dataset}`, { label: 'Renamed' }),
  'GET /api/datasets/[name]/rows': names(({ dataset }) => `/api/datasets/${dataset}/rows`),
  'GET /api/datasets/[name]/rows/history': names(
    ({ dataset, sourceId }) =>
      `/api/datasets/${dataset}/rows/history?sourceId=${sourceId}&stream=rows&externalId=${CODE}`,
  ),
  'POST /api/datasets/[name]/rows/edits': {
    call: ({ dataset, sourceId }) => ({
      path: `/api/datasets/${dataset}/rows/edits`,
      body: { row: { sourceId, stream: 'rows', externalId: CODE }, fields: { title: 'Renamed' } },
    }),
    foreign: 404,
  },
  'GET /api/connectors/sources/[id]/conflicts': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/conflicts`,
  ),
  'GET /api/datasets/[name]/rows/count': names(({ dataset }) => `/api/datasets/${dataset}/rows/count`),
  'GET /api/exports': namesNothing('/api/exports'),
  'POST /api/exports': {
    call: ({ dataset }) => ({ path: '/api/exports', body: exportOf(dataset) }),
    foreign: 422,
  },
  'POST /api/exports/preview': {
    call: ({ dataset }) => ({ path: '/api/exports/preview', body: exportOf(dataset) }),
    foreign: 422,
  },
  'GET /api/exports/templates': namesNothing('/api/exports/templates'),
  'POST /api/exports/templates': {
    call: ({ exportId }) => ({ path: '/api/exports/templates', body: { name: 'Weekly', exportId } }),
    foreign: 404,
  },
  'POST /api/exports/from-template': {
    call: ({ templateId }) => ({ path: '/api/exports/from-template', body: { template: templateId } }),
    foreign: 404,
  },
  'GET /api/exports/templates/[id]': names(({ templateId }) => `/api/exports/templates/${templateId}`),
  'PATCH /api/exports/templates/[id]': names(({ templateId }) => `/api/exports/templates/${templateId}`, {
    name: 'Renamed',
  }),
  'GET /api/exports/[id]': names(({ exportId }) => `/api/exports/${exportId}`),
  'PATCH /api/exports/[id]': names(({ exportId }) => `/api/exports/${exportId}`, { name: 'Renamed' }),
  'GET /api/exports/[id]/history': names(({ exportId }) => `/api/exports/${exportId}/history`),
  'POST /api/exports/[id]/run': names(({ exportId }) => `/api/exports/${exportId}/run`),
  'POST /api/exports/batches': {
    call: ({ batchedId }) => ({ path: '/api/exports/batches', body: { exports: [batchedId] } }),
    foreign: 404,
  },
  'GET /api/jobs': namesNothing('/api/jobs'),
  'GET /api/jobs/[id]': names(({ jobId }) => `/api/jobs/${jobId}`),
  'GET /api/jobs/[id]/events': names(({ jobId }) => `/api/jobs/${jobId}/events`),
  'POST /api/jobs/[id]/cancel': names(({ jobId }) => `/api/jobs/${jobId}/cancel`),
  'POST /api/jobs/[id]/retry': names(({ jobId }) => `/api/jobs/${jobId}/retry`),
  'GET /api/api-keys': namesNothing('/api/api-keys'),
  'POST /api/api-keys': namesNothing('/api/api-keys', { name: 'Nightly', scope: 'read' }),
  'GET /api/audit': namesNothing('/api/audit'),
  'POST /api/uploads': namesNothing('/api/uploads', { fileName: 'rows.csv', bytes: 3 }),
  'DELETE /api/api-keys/[id]': names(({ keyId }) => `/api/api-keys/${keyId}`),
  'DELETE /api/exports/templates/[id]': names(({ templateId }) => `/api/exports/templates/${templateId}`),
  'DELETE /api/exports/[id]': names(({ exportId }) => `/api/exports/${exportId}`),
  'DELETE /api/datasets/[name]': names(({ dataset }) => `/api/datasets/${dataset}`),
  'DELETE /api/connectors/sources/[id]/webhook': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/webhook`,
  ),
  'DELETE /api/connectors/sources/[id]': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}?rows=remove`,
  ),
};

export const members = Object.entries(memberRoutes).map(([route, { call, foreign }]) => ({
  route,
  method: route.split(' ')[0] as string,
  call,
  foreign,
}));
