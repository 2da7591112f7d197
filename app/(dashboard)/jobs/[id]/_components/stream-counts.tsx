'use client';

import { List, ListItem, Title } from '@mantine/core';
import { useFormat } from '#app/_ui/format.tsx';
import { countsInWords, countsOf, streamsOf } from '#app/(dashboard)/jobs/_components/job-words.ts';
import type { JobView } from '#lib/jobs/jobs.ts';

/** What a sync of several streams did in each. */
export function StreamCounts({ job }: { job: JobView }) {
  const format = useFormat();
  const streams = Object.entries(streamsOf(job));
  if (!countsOf(job) || streams.length < 2) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Streams
      </Title>
      <List size="sm">
        {streams.map(([name, counts]) => (
          <ListItem key={name}>
            {name}: {countsInWords(counts, format.number)}
          </ListItem>
        ))}
      </List>
    </section>
  );
}
