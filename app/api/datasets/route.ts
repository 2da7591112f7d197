import { listOf } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { createDataset, listDatasets } from '#lib/datasets/datasets.ts';
import { newDataset } from '#lib/datasets/schema.ts';
import { datasetView } from '#lib/datasets/view.ts';

export const GET = route(
  {
    summary: 'List datasets',
    description: 'All of them by name, the built-in ones too.',
    response: listOf(datasetView),
  },
  ({ session }) => listDatasets(session),
);

export const POST = route(
  {
    summary: 'Create a dataset',
    description:
      'A table of its own, with typed columns and a key; or, with the kind `view`, a view of one’s own to export from.',
    body: newDataset,
    response: datasetView,
    status: 201,
  },
  ({ session, body }) => createDataset(session, body),
);
