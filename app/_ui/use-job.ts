'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import type { JobView } from '#lib/jobs/jobs.ts';

const EVENTS = ['sync_progress', 'sync_completed', 'sync_error', 'notification'];
const ENDED: readonly string[] = ['completed', 'failed', 'cancelled'];

/** Whether nothing more will happen to the job. */
export function hasEnded({ status }: Pick<JobView, 'status'>): boolean {
  return ENDED.includes(status);
}

/**
 * A job as it is at this moment, by server-sent events until it ends: the browser takes a broken stream up again
 * by itself. `onEnd` is called once, with the job as it ended.
 */
export function useJob(
  jobId: string | null,
  initial?: JobView,
  onEnd?: (job: JobView) => void,
): JobView | undefined {
  const [job, setJob] = useState(initial);
  const ended = job?.id === jobId && job !== undefined && hasEnded(job);
  const tellEnd = useEffectEvent((last: JobView) => onEnd?.(last));
  useEffect(() => {
    if (!jobId || ended) return;
    const source = new EventSource(`/api/jobs/${jobId}/events`);
    const take = ({ data }: MessageEvent<string>) => {
      const next = JSON.parse(data) as JobView;
      setJob(next);
      if (!hasEnded(next)) return;
      source.close();
      tellEnd(next);
    };
    for (const event of EVENTS) source.addEventListener(event, take);
    return () => source.close();
  }, [jobId, ended]);
  return job?.id === jobId ? job : undefined;
}
