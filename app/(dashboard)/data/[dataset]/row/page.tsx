import { Alert, Stack, Text, Title } from '@mantine/core';
import type { Metadata, Route } from 'next';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { SourceOfRow } from '#app/(dashboard)/data/[dataset]/_components/source-of-row.tsx';
import { Fact, Facts } from '#app/(dashboard)/sources/_components/facts.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { parseParams } from '#lib/api/parse.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { getDataset } from '#lib/datasets/datasets.ts';
import { getRow, type RowView } from '#lib/datasets/row.ts';
import { rowHistory } from '#lib/datasets/row-history.ts';
import { rowId } from '#lib/datasets/row-id.ts';
import { LifeList } from './_components/life-list.tsx';

export const metadata: Metadata = { title: 'Row' };

const PAGE_ROWS = 50;
/** What the address says of the row; whatever else it says is passed over. */
const asked = rowId.extend({ sourceId: rowId.shape.sourceId.default(null) }).strip();

export default async function RowPage({ params, searchParams }: PageProps<'/data/[dataset]/row'>) {
  const session = await pageSession();
  const { dataset: name } = await params;
  const { label, columns } = await orNotFound(getDataset(session, name));
  const id = await orNotFound(parsed(await searchParams));
  const { origin, deletedAt } = await orNotFound(getRow(session, name, id));
  const life = await rowHistory(session, name, id, { limit: PAGE_ROWS });
  const { sourceId, stream, externalId } = id;
  const query = new URLSearchParams({
    limit: String(PAGE_ROWS),
    ...(sourceId && { sourceId }),
    stream,
    externalId,
  });
  return (
    <>
      <PageHeader
        title={externalId}
        description={<TextLink href={`/data/${name}` as Route}>All of {label}</TextLink>}
      />
      <Stack gap="lg">
        {deletedAt && (
          <Alert color="gray" title="This row has been deleted">
            It left the dataset at <Time at={deletedAt} />. If the source shows it again, it returns.
          </Alert>
        )}
        <RowFacts origin={origin} />
        <section aria-labelledby="life">
          <Title order={2} size="h4" mb="xs" id="life">
            What happened to it
          </Title>
          <LifeList
            first={life}
            path={`/api/datasets/${name}/rows/history?${query}`}
            sourceId={sourceId}
            labels={Object.fromEntries(columns.map((column) => [column.name, column.label ?? column.name]))}
          />
        </section>
      </Stack>
    </>
  );
}

async function parsed(query: unknown) {
  return parseParams(asked, query);
}

function RowFacts({ origin: { source, stream, syncedAt } }: Pick<RowView, 'origin'>) {
  if (source === null) return <Text size="sm">It was written by hand, by no source.</Text>;
  return (
    <Facts>
      <Fact label="Source">
        <SourceOfRow source={source} />
      </Fact>
      <Fact label="Table of the source">{stream}</Fact>
      <Fact label="Last written">
        <Time at={syncedAt} />
      </Fact>
    </Facts>
  );
}
