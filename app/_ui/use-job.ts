'use client';

import { notifications } from '@mantine/notifications';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ActionError } from '#lib/api/action.ts';
import type { JobView } from '#lib/jobs/jobs.ts';
import { followJob, hasEnded } from './follow-job.ts';

/**
 * A job as it is at this moment, until it ends. `onEnd` is called once, with the job as it ended. Where it cannot
 * be seen any more, a notification says why.
 */
export function useJob(
  jobId: string | null,
  initial?: JobView,
  onEnd?: (job: JobView) => void,
): JobView | undefined {
  const [latest, setLatest] = useState(initial);
  const job = newest(jobId, latest, initial);
  const ended = job !== undefined && hasEnded(job);
  const seenVersion = job?.version ?? 0;
  const take = useEffectEvent((next: JobView) => {
    setLatest(next);
    if (hasEnded(next)) onEnd?.(next);
  });
  const begin = useEffectEvent((id: string) => followJob(id, seenVersion, { take, lost: sayLost }));
  useEffect(() => (jobId && !ended ? begin(jobId) : undefined), [jobId, ended]);
  return job;
}

/** A page that was read anew may know more than was heard. */
function newest(jobId: string | null, ...states: readonly (JobView | undefined)[]): JobView | undefined {
  return states
    .filter((job) => job !== undefined && job.id === jobId)
    .reduce((best, job) => (best && job && best.version >= job.version ? best : job), undefined);
}

function sayLost({ code, message }: ActionError): void {
  notifications.show({
    id: 'job-lost',
    color: 'red',
    title: 'The progress cannot be shown any more',
    message: code === 'unauthenticated' ? 'You are signed out; the work goes on. Sign in again.' : message,
  });
}
