'use client';

import { Badge, Text } from '@mantine/core';
import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import type { JobView } from '#lib/jobs/jobs.ts';
import { kindOf, subjectHref, subjectOf, titleOf } from './job-words.ts';

/** The kind of a job, which leads to it, and what it works for, which leads there. */
export function JobTitle({ job }: { job: JobView }) {
  const subject = subjectOf(job);
  return (
    <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
      <TextLink href={`/jobs/${job.id}` as Route} aria-label={`${titleOf(job)}: details`}>
        {kindOf(job)}
      </TextLink>
      {subject && ' of '}
      <SubjectLink job={job} /> <PriorityBadge job={job} />
    </Text>
  );
}

/** Says what is out of the ordinary: a normal priority is not. */
function PriorityBadge({ job: { priority } }: { job: JobView }) {
  if (priority === 'normal') return null;
  return (
    <Badge component="span" size="sm" variant="light" color="gray">
      {priority === 'high' ? 'High priority' : 'Low priority'}
    </Badge>
  );
}

/** What a job works for, which leads there while it is there. */
export function SubjectLink({ job }: { job: JobView }) {
  const href = subjectHref(job);
  const subject = subjectOf(job);
  return href ? <TextLink href={href}>{subject}</TextLink> : subject;
}
