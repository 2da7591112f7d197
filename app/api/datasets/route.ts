import { route } from '#lib/api/route.ts';
import { createDataset, listDatasets } from '#lib/datasets/datasets.ts';
import { datasetSchema } from '#lib/datasets/schema.ts';

export const GET = route({}, ({ session }) => listDatasets(session));

export const POST = route({ body: datasetSchema, status: 201 }, ({ session, body }) =>
  createDataset(session, body),
);
