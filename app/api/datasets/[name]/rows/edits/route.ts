import { nameParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { editRow, rowEdit } from '#lib/datasets/edit-row.ts';
import { rowView } from '#lib/datasets/row.ts';

export const POST = route(
  {
    summary: 'Edit a row',
    description:
      'Changes fields by hand, and answers the row. What a source says stays known: its next sync does as its conflict policy says.',
    params: nameParams,
    body: rowEdit,
    response: rowView,
  },
  ({ session, params, body }) => editRow(session, params.name, body),
);
