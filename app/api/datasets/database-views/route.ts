import { listOf } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { databaseView, databaseViews } from '#lib/datasets/database-views.ts';

export const GET = route(
  {
    summary: 'List the views of the database',
    description:
      'Those in the schemas that `entrepot_member` may use, with what keeps one from being registered as a dataset. At most 200, by name.',
    response: listOf(databaseView),
  },
  ({ session }) => databaseViews(session),
);
