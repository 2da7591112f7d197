import { Stack } from '@mantine/core';
import type { Metadata, Route } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { listConnectors } from '#lib/sources/connectors.ts';
import { countRows } from '#lib/sources/row-counts.ts';
import { listSources } from '#lib/sources/sources.ts';
import { SourceCard } from './_components/source-card.tsx';

export const metadata: Metadata = { title: 'Sources' };

const PAGE_ROWS = 50;

export default async function SourcesPage({ searchParams }: PageProps<'/sources'>) {
  const session = await pageSession();
  const { cursor } = await searchParams;
  const query = { limit: PAGE_ROWS, ...(typeof cursor === 'string' && { cursor }) };
  const { items, nextCursor } = await listSources(session, query);
  const counts = countRows(session, items);
  const connectors = new Map(listConnectors().map(({ id, name }) => [id, name]));
  const mayEdit = session.role !== 'viewer';
  const add = mayEdit && <LinkButton href="/sources/new">Add source</LinkButton>;
  return (
    <>
      <PageHeader
        title="Sources"
        description="Where your data comes from, and how each is doing."
        actions={items.length > 0 && add}
      />
      {items.length === 0 ? (
        <EmptyState title="No sources yet" action={add}>
          {mayEdit
            ? 'Add a file, an address or an API: its rows become a dataset that you can look at and export.'
            : 'An editor of this workspace can add one.'}
        </EmptyState>
      ) : (
        <Stack component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {items.map((source) => (
            <SourceCard
              key={source.id}
              source={source}
              connector={connectors.get(source.sourceType) ?? source.sourceType}
              counts={counts}
              mayEdit={mayEdit}
            />
          ))}
        </Stack>
      )}
      {nextCursor && (
        <LinkButton variant="default" mt="md" href={`/sources?cursor=${nextCursor}` as Route}>
          Further sources
        </LinkButton>
      )}
    </>
  );
}
