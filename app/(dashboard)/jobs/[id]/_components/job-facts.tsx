'use client';

import { Code, SimpleGrid, Text } from '@mantine/core';
import type { Route } from 'next';
import type { ReactNode } from 'react';
import { durationInWords } from '#app/_ui/duration.ts';
import { Time, useFormat } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { SubjectLink } from '#app/(dashboard)/jobs/_components/job-title.tsx';
import { kindOf } from '#app/(dashboard)/jobs/_components/job-words.ts';
import type { JobView } from '#lib/jobs/jobs.ts';

/** What else is known of a job: for what, when, how long, how often it was tried. */
export function JobFacts({ job }: { job: JobView }) {
  const { locale } = useFormat();
  const { startedAt, completedAt, attempts } = job;
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} m={0}>
      <Fact name="Kind">{kindOf(job)}</Fact>
      {job.subject && (
        <Fact name="For">
          <SubjectLink job={job} />
        </Fact>
      )}
      <Fact name="Priority">{{ low: 'Low', normal: 'Normal', high: 'High' }[job.priority]}</Fact>
      {job.parentId && (
        <Fact name="Part of">
          <TextLink href={`/jobs/${job.parentId}` as Route}>the whole job</TextLink>
        </Fact>
      )}
      {job.dependsOn.length > 0 && (
        <Fact name="Begins after">
          {job.dependsOn.map((id, place) => (
            <span key={id}>
              {place > 0 && ', '}
              <TextLink href={`/jobs/${id}` as Route}>
                {place === 0 ? 'this job' : `job ${place + 1}`}
              </TextLink>
            </span>
          ))}
        </Fact>
      )}
      <Fact name="Asked for">
        <Time at={job.createdAt} />
      </Fact>
      <Fact name="Started">
        <Time at={startedAt} otherwise="Not yet" />
      </Fact>
      {job.status === 'queued' && (
        <Fact name="Next turn due">
          <Time at={job.dueAt} />
        </Fact>
      )}
      <Fact name="Ended">
        <Time at={completedAt} otherwise="Not yet" />
      </Fact>
      {startedAt && completedAt && (
        <Fact name="Took">{durationInWords(Date.parse(completedAt) - Date.parse(startedAt), locale)}</Fact>
      )}
      {attempts > 0 && <Fact name="Failed tries since it last got on">{attempts}</Fact>}
      <Fact name="Id">
        <Code style={{ overflowWrap: 'anywhere' }}>{job.id}</Code>
      </Fact>
    </SimpleGrid>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0}>
        {children}
      </Text>
    </div>
  );
}
