import { nameParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { getDataset, updateDataset } from '#lib/datasets/datasets.ts';
import { datasetPatch } from '#lib/datasets/schema.ts';
import { datasetView } from '#lib/datasets/view.ts';

export const GET = route(
  { summary: 'Get a dataset', params: nameParams, response: datasetView, versioned: true },
  ({ session, params }) => getDataset(session, params.name),
);

export const PATCH = route(
  {
    summary: 'Change a dataset',
    description:
      'Its label, what is said of its columns, and its relations to other datasets, along which exports find columns such as `vendor.name`.',
    params: nameParams,
    body: datasetPatch,
    response: datasetView,
    versioned: true,
  },
  ({ session, params, body, ifMatch }) => updateDataset(session, params.name, body, ifMatch),
);
