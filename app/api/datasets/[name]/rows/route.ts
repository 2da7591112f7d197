import { z } from 'zod';
import { listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { listRows } from '#lib/datasets/rows.ts';

const params = z.object({ name: z.string() });
const query = listQuery.extend({ sort: z.string().optional(), search: z.string().optional() });

export const GET = route({ params, query }, ({ session, params, query }) =>
  listRows(session, params.name, query),
);
