import { Alert, List, ListItem, Stack, Text, Title } from '@mantine/core';
import type { Metadata, Route } from 'next';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import { FailureAlert } from '#app/(dashboard)/sources/[id]/_components/failure-alert.tsx';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import { kindOf } from '#app/(dashboard)/sources/[id]/_components/run-words.ts';
import { orNotFound } from '#lib/api/page.ts';
import { idParams } from '#lib/api/params.ts';
import { parseParams } from '#lib/api/parse.ts';
import { getRun, type RunView } from '#lib/sources/runs.ts';
import { listChanges } from '#lib/sync/run-changes.ts';
import { ChangeList } from './_components/change-list.tsx';
import { RunFacts } from './_components/run-facts.tsx';
import { StreamTable } from './_components/stream-table.tsx';

export const metadata: Metadata = { title: 'Run' };

const PAGE_ROWS = 50;

export default async function RunPage({ params }: PageProps<'/sources/[id]/runs/[runId]'>) {
  const { id, runId } = await params;
  const { session } = await readSource(id);
  const run = await orNotFound(getRunOf(session, id, runId));
  const changes = await listChanges(session, id, runId, { limit: PAGE_ROWS });
  return (
    <Stack gap="lg">
      <div>
        <TextLink href={`/sources/${id}` as Route} size="sm">
          All runs
        </TextLink>
        <Title order={2} size="h3" mt="xs" style={{ display: 'flex', flexWrap: 'wrap', gap: 12 }}>
          <span>
            {kindOf(run)} of <Time at={run.createdAt} />
          </span>
          <StatusBadge status={run.status} />
        </Title>
      </div>
      {run.dryRun && <Alert title="Nothing was written">This shows what a sync would have changed.</Alert>}
      {run.error && <FailureAlert sourceId={id} error={run.error} title="Why it ended" />}
      <RunFacts run={run} />
      <Warnings run={run} />
      <StreamTable run={run} />
      <section aria-labelledby="changes">
        <Title order={3} size="h4" mb="xs" id="changes">
          {run.dryRun ? 'What would change' : 'What changed'}
        </Title>
        <ChangeList
          first={changes}
          path={`/api/connectors/sources/${id}/runs/${runId}/changes?limit=${PAGE_ROWS}`}
          dryRun={run.dryRun}
        />
      </section>
    </Stack>
  );
}

async function getRunOf(session: Parameters<typeof getRun>[0], id: string, runId: string) {
  return getRun(session, id, parseParams(idParams, { id: runId }).id);
}

function Warnings({ run: { warnings } }: { run: RunView }) {
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" title="What you should know">
      <List size="sm">
        {warnings.map(({ stream, message }) => (
          <ListItem key={`${stream} ${message}`} style={{ overflowWrap: 'anywhere' }}>
            <Text span inherit fw={600}>
              {stream}:
            </Text>{' '}
            {message}
          </ListItem>
        ))}
      </List>
    </Alert>
  );
}
