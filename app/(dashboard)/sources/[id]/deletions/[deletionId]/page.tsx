import { Stack, Text, Title } from '@mantine/core';
import type { Metadata, Route } from 'next';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { Fact, Facts } from '#app/(dashboard)/sources/_components/facts.tsx';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import {
  explanationOf,
  statusOf,
} from '#app/(dashboard)/sources/[id]/deletions/_components/deletion-words.ts';
import { GoneRows } from '#app/(dashboard)/sources/[id]/deletions/_components/gone-rows.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { idParams } from '#lib/api/params.ts';
import { parseParams } from '#lib/api/parse.ts';
import { getDeletion, listDeletionRows } from '#lib/sync/deletions/list.ts';
import { DecideDelete } from './_components/decide-delete.tsx';
import { KeyList } from './_components/key-list.tsx';

export const metadata: Metadata = { title: 'Delete' };

const PAGE_ROWS = 100;

export default async function DeletionPage({ params }: PageProps<'/sources/[id]/deletions/[deletionId]'>) {
  const { id, deletionId } = await params;
  const { session, mayEdit } = await readSource(id);
  const deletion = await orNotFound(read(session, id, deletionId));
  const keys = await listDeletionRows(session, id, deletionId, { limit: PAGE_ROWS });
  const { status, vanished, dataset, stream, runId } = deletion;
  return (
    <Stack gap="lg">
      <div>
        <TextLink href={`/sources/${id}/deletions` as Route} size="sm">
          All deletes
        </TextLink>
        <Title order={2} size="h3" mt="xs">
          <GoneRows deletion={deletion} />
        </Title>
        <Text maw={640}>{explanationOf(deletion)}</Text>
      </div>
      <Facts>
        <Fact label="State">{statusOf(deletion)}</Fact>
        <Fact label="Found">
          <Time at={deletion.createdAt} />
          {runId && (
            <>
              {' by '}
              <TextLink href={`/sources/${id}/runs/${runId}` as Route} inherit>
                this run
              </TextLink>
            </>
          )}
        </Fact>
        <Fact label="Decided">
          <Time at={deletion.decidedAt} otherwise="not yet" />
        </Fact>
        <Fact label="Dataset">
          <TextLink href={`/data/${dataset}` as Route} inherit>
            {dataset}
          </TextLink>
        </Fact>
        <Fact label="Stream">{stream}</Fact>
      </Facts>
      <DecideDelete sourceId={id} deletion={{ id: deletionId, status, vanished }} mayEdit={mayEdit} />
      <section aria-labelledby="keys">
        <Title order={3} size="h4" mb="xs" id="keys">
          Keys of these rows
        </Title>
        <KeyList
          first={keys}
          path={`/api/connectors/sources/${id}/deletions/${deletionId}/rows?limit=${PAGE_ROWS}`}
          dataset={dataset}
          origin={{ sourceId: id, stream }}
        />
      </section>
    </Stack>
  );
}

async function read(session: Parameters<typeof getDeletion>[0], id: string, deletionId: string) {
  return getDeletion(session, id, parseParams(idParams, { id: deletionId }).id);
}
