import { jobAccepted } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { batchInput, runBatch } from '#lib/exports/batch.ts';

const description = `One job whose parts are the runs of the exports: \`GET /api/jobs?parent={id}\` lists them, and its result
says what became of each, with a link to each file. It is completed where at least one of them was, and warns of the others;
run again, it runs those that were not.`;

export const POST = route(
  {
    summary: 'Run several exports',
    description,
    body: batchInput,
    response: jobAccepted,
    status: 202,
  },
  ({ session, body }) => runBatch(session, body),
);
