import * as apiKey from '#app/api/api-keys/[id]/route.ts';
import * as apiKeys from '#app/api/api-keys/route.ts';
import * as audit from '#app/api/audit/route.ts';
import * as connectorCheck from '#app/api/connectors/[type]/check/route.ts';
import * as connectorMap from '#app/api/connectors/[type]/map/route.ts';
import * as connectorPreview from '#app/api/connectors/[type]/preview/route.ts';
import * as connectors from '#app/api/connectors/route.ts';
import * as sourceCheck from '#app/api/connectors/sources/[id]/check/route.ts';
import * as sourceConflicts from '#app/api/connectors/sources/[id]/conflicts/route.ts';
import * as sourceDeletion from '#app/api/connectors/sources/[id]/deletions/[deletionId]/route.ts';
import * as sourceDeletionRows from '#app/api/connectors/sources/[id]/deletions/[deletionId]/rows/route.ts';
import * as sourceDeletions from '#app/api/connectors/sources/[id]/deletions/route.ts';
import * as sourcePreview from '#app/api/connectors/sources/[id]/preview/route.ts';
import * as sourceQuota from '#app/api/connectors/sources/[id]/quota/route.ts';
import * as sourceReplay from '#app/api/connectors/sources/[id]/rejects/replay/route.ts';
import * as sourceRejects from '#app/api/connectors/sources/[id]/rejects/route.ts';
import * as source from '#app/api/connectors/sources/[id]/route.ts';
import * as sourceRunChanges from '#app/api/connectors/sources/[id]/runs/[runId]/changes/route.ts';
import * as sourceRun from '#app/api/connectors/sources/[id]/runs/[runId]/route.ts';
import * as sourceRuns from '#app/api/connectors/sources/[id]/runs/route.ts';
import * as sourceWebhook from '#app/api/connectors/sources/[id]/webhook/route.ts';
import * as sources from '#app/api/connectors/sources/route.ts';
import * as dataset from '#app/api/datasets/[name]/route.ts';
import * as datasetRowCount from '#app/api/datasets/[name]/rows/count/route.ts';
import * as datasetRowEdits from '#app/api/datasets/[name]/rows/edits/route.ts';
import * as datasetRowHistory from '#app/api/datasets/[name]/rows/history/route.ts';
import * as datasetRows from '#app/api/datasets/[name]/rows/route.ts';
import * as databaseViews from '#app/api/datasets/database-views/route.ts';
import * as datasets from '#app/api/datasets/route.ts';
import * as download from '#app/api/downloads/[artifactId]/route.ts';
import * as exportHistory from '#app/api/exports/[id]/history/route.ts';
import * as oneExport from '#app/api/exports/[id]/route.ts';
import * as exportRun from '#app/api/exports/[id]/run/route.ts';
import * as exportBatches from '#app/api/exports/batches/route.ts';
import * as exportFromTemplate from '#app/api/exports/from-template/route.ts';
import * as exportPreview from '#app/api/exports/preview/route.ts';
import * as exports from '#app/api/exports/route.ts';
import * as exportTemplate from '#app/api/exports/templates/[id]/route.ts';
import * as exportTemplates from '#app/api/exports/templates/route.ts';
import * as sync from '#app/api/external/sync/route.ts';
import * as health from '#app/api/health/route.ts';
import * as jobCancel from '#app/api/jobs/[id]/cancel/route.ts';
import * as jobEvents from '#app/api/jobs/[id]/events/route.ts';
import * as jobRetry from '#app/api/jobs/[id]/retry/route.ts';
import * as job from '#app/api/jobs/[id]/route.ts';
import * as jobs from '#app/api/jobs/route.ts';
import * as openapi from '#app/api/openapi/route.ts';
import * as uploads from '#app/api/uploads/route.ts';
import * as webhookCall from '#app/api/webhooks/[token]/route.ts';
import type { Section } from '#lib/api/openapi/document.ts';

/** Every documented route by its subject, in the order in which one needs them. */
export const sections: readonly Section[] = [
  {
    name: 'Datasets',
    description: 'Tables that one can sync into and export from.',
    routes: {
      '/api/datasets': datasets,
      '/api/datasets/database-views': databaseViews,
      '/api/datasets/[name]': dataset,
      '/api/datasets/[name]/rows': datasetRows,
      '/api/datasets/[name]/rows/count': datasetRowCount,
      '/api/datasets/[name]/rows/edits': datasetRowEdits,
      '/api/datasets/[name]/rows/history': datasetRowHistory,
    },
  },
  {
    name: 'Sources',
    description: 'Where rows come from: what can be connected, what is, and its syncs.',
    routes: {
      '/api/connectors': connectors,
      '/api/connectors/[type]/check': connectorCheck,
      '/api/connectors/[type]/preview': connectorPreview,
      '/api/connectors/[type]/map': connectorMap,
      '/api/uploads': uploads,
      '/api/connectors/sources': sources,
      '/api/connectors/sources/[id]': source,
      '/api/connectors/sources/[id]/check': sourceCheck,
      '/api/connectors/sources/[id]/preview': sourcePreview,
      '/api/connectors/sources/[id]/quota': sourceQuota,
      '/api/external/sync': sync,
      '/api/connectors/sources/[id]/webhook': sourceWebhook,
      '/api/webhooks/[token]': webhookCall,
      '/api/connectors/sources/[id]/runs': sourceRuns,
      '/api/connectors/sources/[id]/runs/[runId]': sourceRun,
      '/api/connectors/sources/[id]/runs/[runId]/changes': sourceRunChanges,
      '/api/connectors/sources/[id]/rejects': sourceRejects,
      '/api/connectors/sources/[id]/rejects/replay': sourceReplay,
      '/api/connectors/sources/[id]/conflicts': sourceConflicts,
      '/api/connectors/sources/[id]/deletions': sourceDeletions,
      '/api/connectors/sources/[id]/deletions/[deletionId]': sourceDeletion,
      '/api/connectors/sources/[id]/deletions/[deletionId]/rows': sourceDeletionRows,
    },
  },
  {
    name: 'Exports',
    description: 'What is made of a dataset’s rows: saved, run, and downloaded by a link.',
    routes: {
      '/api/exports': exports,
      '/api/exports/preview': exportPreview,
      '/api/exports/[id]': oneExport,
      '/api/exports/[id]/run': exportRun,
      '/api/exports/[id]/history': exportHistory,
      '/api/exports/batches': exportBatches,
      '/api/exports/templates': exportTemplates,
      '/api/exports/templates/[id]': exportTemplate,
      '/api/exports/from-template': exportFromTemplate,
      '/api/downloads/[artifactId]': download,
    },
  },
  {
    name: 'Jobs',
    description: 'Work under way: each sync and each run of an export is one.',
    routes: {
      '/api/jobs': jobs,
      '/api/jobs/[id]': job,
      '/api/jobs/[id]/events': jobEvents,
      '/api/jobs/[id]/cancel': jobCancel,
      '/api/jobs/[id]/retry': jobRetry,
    },
  },
  {
    name: 'Workspace',
    description: 'Who may call, and what was done.',
    routes: { '/api/api-keys': apiKeys, '/api/api-keys/[id]': apiKey, '/api/audit': audit },
  },
  {
    name: 'Service',
    description: 'The service itself.',
    routes: { '/api/health': health, '/api/openapi': openapi },
  },
];

/** What is no part of the public API, and why. */
export const internalRoutes: Readonly<Record<string, string>> = {
  'POST /api/jobs/run': 'takes messages that the queue has signed',
  'GET /api/cron/sweep': 'is for the clock and its secret',
  'GET /api/external/sync': 'is for the clock and its secret',
};
