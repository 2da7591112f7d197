'use client';

import { durationInWords } from '#app/_ui/duration.ts';
import { Time, useFormat } from '#app/_ui/format.tsx';
import { Fact, Facts } from '#app/(dashboard)/sources/_components/facts.tsx';
import { callsInWords, tookMs, triggerOf } from '#app/(dashboard)/sources/[id]/_components/run-words.ts';
import type { RunView } from '#lib/sources/runs.ts';

/** When a run was, how long it took, who started it and what it cost. */
export function RunFacts({ run }: { run: RunView }) {
  const { locale, number } = useFormat();
  const took = tookMs(run);
  return (
    <Facts>
      <Fact label="Started">
        <Time at={run.startedAt} otherwise="not yet" />, {triggerOf(run)}
      </Fact>
      <Fact label="Ended">
        <Time at={run.completedAt} otherwise="not yet" />
      </Fact>
      {took !== null && (
        <Fact label="Took">
          <span suppressHydrationWarning>{durationInWords(took, locale)}</span>
        </Fact>
      )}
      <Fact label="Calls to the source">
        <span suppressHydrationWarning>{callsInWords(run, number)}</span>
      </Fact>
      {run.cachedAt && (
        <Fact label="Read from the cache">
          As the source answered on <Time at={run.cachedAt} />; nothing was deleted
        </Fact>
      )}
      <Fact label="Version of the mapping">{run.mappingVersion}</Fact>
    </Facts>
  );
}
