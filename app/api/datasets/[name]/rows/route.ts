import { z } from 'zod';
import { listOf, listQuery, nameParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { rowsSought } from '#lib/datasets/found-rows.ts';
import { rowOrigin } from '#lib/datasets/row-origin.ts';
import { listRows } from '#lib/datasets/rows.ts';

const query = listQuery.extend({
  ...rowsSought.shape,
  sort: z
    .string()
    .optional()
    .meta({ description: 'A column with `:asc` or `:desc` behind it; nulls come last.' }),
  origins: z.stringbool().optional().meta({ description: 'Whether to say where each row comes from.' }),
});

const response = listOf(
  z.unknown().meta({ description: 'A row: its values by the names of the columns.' }),
).extend({
  origins: z.array(rowOrigin).exactOptional().meta({ description: 'Of each item, where asked for.' }),
});

export const GET = route(
  {
    summary: 'List the rows of a dataset',
    description:
      'Decimals, and integers past 2^53, are strings. In the order of the rows’ keys unless sorted.',
    params: nameParams,
    query,
    response,
  },
  ({ session, params, query }) => listRows(session, params.name, query),
);
