import { cronRoute } from '#lib/api/cron-route.ts';
import { forgetAnswers } from '#lib/api/idempotency.ts';
import { removeExpired } from '#lib/http/retention.ts';
import { sweep } from '#lib/jobs/sweep.ts';
import { log } from '#lib/log.ts';
import { emptyStorage } from '#lib/storage/retention.ts';
import { closeAbandoned } from '#lib/sync/abandoned.ts';
import { mailOverdue } from '#lib/sync/alerts/overdue.ts';
import { watchSources } from '#lib/sync/alerts/watch.ts';
import { removeLeftovers } from '#lib/sync/leftovers.ts';
import { forgetHistory } from '#lib/sync/retention.ts';
import { startAllPending } from '#lib/sync/webhooks.ts';

const parts = {
  jobs: sweep,
  runsClosed: closeAbandoned,
  webhooksServed: startAllPending,
  healthChanges: watchSources,
  mailedHere: mailOverdue,
  spoolsRemoved: removeLeftovers,
  historyForgotten: forgetHistory,
  answersForgotten: forgetAnswers,
  storage: emptyStorage,
  limits: removeExpired,
};

/** Each part has its turn whatever became of those before it; then the first failure is answered. */
export const GET = cronRoute(async () => {
  const done: Record<string, unknown> = {};
  const failures: unknown[] = [];
  for (const [part, work] of Object.entries(parts)) {
    try {
      done[part] = await work();
    } catch (error) {
      log().error({ error, part }, 'a part of the sweep failed');
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return done;
});
