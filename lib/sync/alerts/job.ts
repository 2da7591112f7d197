import { sql } from 'kysely';
import { z } from 'zod';
import { defineJob, type JobContext, type SliceEnd } from '#lib/jobs/contract.ts';
import { log } from '#lib/log.ts';
import { sendMail } from '#lib/mail.ts';
import { healthState } from '#lib/sources/health.ts';
import { fenced } from '#lib/sync/fence.ts';
import { alertMail } from './mail.ts';

const payload = z.object({
  sourceId: z.uuid(),
  userId: z.uuid(),
  before: healthState,
  state: healthState,
  reason: z.string().nullable(),
  code: z.string().optional(),
  at: z.iso.datetime(),
});
type Alert = z.output<typeof payload>;

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * MINUTE_MS;
/** A mail that comes later than that helps nobody. */
const GIVEN_UP_AFTER_MS = 24 * 60 * MINUTE_MS;

/**
 * Tells one owner by mail of one change of a source's health. Whoever holds the job's lease mails, so it is mailed
 * once unless a worker dies between the mail server's answer and its own; the mail has the same id then. A mail server
 * that is down is tried for a day, at longer and longer intervals.
 */
export const alertJob = defineJob({
  kind: 'alert',
  payloadVersion: 1,
  payload,
  async slice(context): Promise<SliceEnd<{ mailed: boolean }>> {
    const addressee = await findAddressee(context);
    if (!addressee) return { outcome: 'done', result: { mailed: false } };
    try {
      await sendMail({ id: context.jobId, ...alertMail({ ...context.payload, ...addressee }) });
    } catch (error) {
      const ageMs = Date.now() - Date.parse(context.payload.at);
      if (ageMs > GIVEN_UP_AFTER_MS) throw error;
      log().warn({ error }, 'a mail about a source could not be sent; it is tried again');
      const waitMs = Math.min(Math.max(ageMs, MINUTE_MS), LONGEST_WAIT_MS);
      return { outcome: 'again', at: new Date(Date.now() + waitMs) };
    }
    return { outcome: 'done', result: { mailed: true } };
  },
});

interface Addressee {
  readonly to: string;
  readonly displayName: string;
  readonly workspaceName: string;
}

/** Undefined where the news is old, the source gone or quiet, or the person no owner any more or wants no such mails. */
function findAddressee(context: JobContext<Alert>): Promise<Addressee | undefined> {
  const { sourceId, userId, state } = context.payload;
  return fenced(context, async ({ db }) => {
    const { rows } = await sql<Addressee>`
      select p.email as to, s.display_name as "displayName", w.name as "workspaceName"
      from private.workspace_people() p
      join public.external_data_sources s on s.id = ${sourceId} and s.health = ${state} and s.alert_mails
      join public.workspaces w on w.id = s.workspace_id
      where p.user_id = ${userId} and p.role = 'owner' and p.alert_mails and p.email is not null
    `.execute(db);
    return rows[0];
  });
}
