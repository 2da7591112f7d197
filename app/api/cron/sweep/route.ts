import { cronRoute } from '#lib/api/cron-route.ts';
import { forgetAnswers } from '#lib/api/idempotency.ts';
import { removeExpired } from '#lib/http/retention.ts';
import { sweep } from '#lib/jobs/sweep.ts';
import { emptyStorage } from '#lib/storage/retention.ts';
import { closeAbandoned } from '#lib/sync/abandoned.ts';
import { mailOverdue } from '#lib/sync/alerts/overdue.ts';
import { watchSources } from '#lib/sync/alerts/watch.ts';
import { removeLeftovers } from '#lib/sync/leftovers.ts';
import { forgetHistory } from '#lib/sync/retention.ts';
import { startAllPending } from '#lib/sync/webhooks.ts';

export const GET = cronRoute(async () => ({
  ...(await sweep()),
  runsClosed: await closeAbandoned(),
  webhooksServed: await startAllPending(),
  healthChanges: await watchSources(),
  mailedHere: await mailOverdue(),
  spoolsRemoved: await removeLeftovers(),
  historyForgotten: await forgetHistory(),
  answersForgotten: await forgetAnswers(),
  ...(await emptyStorage()),
  ...(await removeExpired()),
}));
