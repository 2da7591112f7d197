import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** Why a job could not be `done` to by a member: it is not there, it has another status, or the role is too low. */
export async function whyNot(
  { db }: Tx,
  jobId: string,
  done: 'cancelled' | 'retried',
  needed: readonly string[],
): Promise<EntrepotError> {
  const job = await db.selectFrom('jobs').select('status').where('id', '=', jobId).executeTakeFirst();
  if (!job) return noSuchJob();
  if (needed.includes(job.status)) {
    return new EntrepotError(
      'forbidden',
      `A job is ${done} by an editor of its workspace. Ask an owner for that role.`,
    );
  }
  const wanted = needed.join(' or ');
  return new EntrepotError('conflict', `Only a ${wanted} job can be ${done}: this one is ${job.status}.`);
}

export function noSuchJob(): EntrepotError {
  return new EntrepotError('not_found', 'There is no such job in this workspace.');
}
