import { nameParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { countRows } from '#lib/datasets/count-rows.ts';
import { rowCount } from '#lib/datasets/estimate.ts';
import { rowsSought } from '#lib/datasets/found-rows.ts';

export const GET = route(
  {
    summary: 'Count the rows of a dataset',
    description: 'Counted up to 100,000; beyond, or where counting takes long, guessed.',
    params: nameParams,
    query: rowsSought,
    response: rowCount,
  },
  ({ session, params, query }) => countRows(session, params.name, query),
);
