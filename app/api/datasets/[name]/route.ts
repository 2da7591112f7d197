import { nameParams, nothing } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { getDataset } from '#lib/datasets/datasets.ts';
import { datasetPatch } from '#lib/datasets/schema.ts';
import { unregisterView } from '#lib/datasets/unregister.ts';
import { datasetView } from '#lib/datasets/view.ts';
import { changeDataset } from '#lib/exports/change-dataset.ts';

export const GET = route(
  { summary: 'Get a dataset', params: nameParams, response: datasetView, versioned: true },
  ({ session, params }) => getDataset(session, params.name),
);

export const PATCH = route(
  {
    summary: 'Change a dataset',
    description:
      'Its label, what is said of its columns, and its relations to other datasets, along which exports find columns such as `vendor.name`. Relations that exports need are kept: 409 names those exports.',
    params: nameParams,
    body: datasetPatch,
    response: datasetView,
    versioned: true,
  },
  ({ session, params, body, ifMatch }) => changeDataset(session, params.name, body, ifMatch),
);

export const DELETE = route(
  {
    summary: 'Take a view away',
    description:
      'Off the list of datasets; the view itself stays in the database. 409 for a dataset with rows of its own, and for a view that exports read or relations lead to.',
    params: nameParams,
    response: nothing,
    versioned: true,
  },
  ({ session, params, ifMatch }) => unregisterView(session, params.name, ifMatch),
);
