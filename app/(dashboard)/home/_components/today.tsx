import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Route } from 'next';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import { JobTitle } from '#app/(dashboard)/jobs/_components/job-title.tsx';
import { problemOf } from '#app/(dashboard)/sources/_components/health.ts';
import type { JobView } from '#lib/jobs/jobs.ts';
import type { SourceView } from '#lib/sources/view.ts';
import { Files } from './files.tsx';
import { Section } from './section.tsx';
import type { LatestFile } from './standing.ts';

interface TodayProps {
  readonly sources: readonly SourceView[];
  readonly jobs: readonly JobView[];
  readonly files: readonly LatestFile[];
}

/** What has to be looked after, what is being done, and what has been made. */
export function Today({ sources, jobs, files }: TodayProps) {
  return (
    <Stack>
      <Attention sources={sources} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title="Latest files" more={<TextLink href="/exports">All exports</TextLink>}>
          <Files files={files} />
        </Section>
        <Section title="Running and last jobs" more={<TextLink href="/jobs">All jobs</TextLink>}>
          {jobs.map((job) => (
            <Group key={job.id} justify="space-between" wrap="nowrap" align="flex-start">
              <Stack gap={0} miw={0}>
                <JobTitle job={job} />
                <Text size="sm" c="dimmed">
                  <Time at={job.createdAt} />
                </Text>
              </Stack>
              <StatusBadge status={job.status} />
            </Group>
          ))}
        </Section>
      </SimpleGrid>
    </Stack>
  );
}

function Attention({ sources }: { sources: readonly SourceView[] }) {
  const failing = sources.filter((source) => source.enabled && problemOf(source) !== null);
  const more = <TextLink href="/sources">All sources</TextLink>;
  return (
    <Section title="Sources that need attention" more={more}>
      {failing.length === 0 && <Text c="dimmed">None: every source is well.</Text>}
      {failing.map((source) => (
        <Stack key={source.id} gap={0}>
          <TextLink href={`/sources/${source.id}` as Route} fw={500}>
            {source.displayName}
          </TextLink>
          <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
            {problemOf(source)}
          </Text>
        </Stack>
      ))}
    </Section>
  );
}
