import {
  Table,
  TableScrollContainer,
  TableTbody,
  TableTd,
  TableTh,
  TableThead,
  TableTr,
  Text,
} from '@mantine/core';
import type { Route } from 'next';
import { Count, Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import type { DatasetSummary } from '#lib/datasets/overview.ts';

/** Datasets with what they hold, what feeds them and when they last changed. */
export function DatasetTable({ datasets }: { datasets: readonly DatasetSummary[] }) {
  return (
    <TableScrollContainer minWidth={640} type="native">
      <Table verticalSpacing="sm">
        <TableThead>
          <TableTr>
            <TableTh>Dataset</TableTh>
            <TableTh ta="right">Rows</TableTh>
            <TableTh>Fed by</TableTh>
            <TableTh>Last change</TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {datasets.map((dataset) => (
            <DatasetRow key={dataset.name} dataset={dataset} />
          ))}
        </TableTbody>
      </Table>
    </TableScrollContainer>
  );
}

function DatasetRow({ dataset }: { dataset: DatasetSummary }) {
  const { name, label, kind, rows, sources, changedAt, problem } = dataset;
  return (
    <TableTr>
      <TableTd>
        <TextLink href={`/data/${name}` as Route} fw={500} inherit>
          {label}
        </TextLink>
      </TableTd>
      <TableTd ta="right">
        {!rows.isExact && 'about '}
        <Count value={rows.total} />
      </TableTd>
      <TableTd>
        {sources.map((source, place) => (
          <span key={source.id}>
            {place > 0 && ', '}
            <TextLink href={`/sources/${source.id}` as Route} inherit>
              {source.name}
            </TextLink>
          </span>
        ))}
        {sources.length === 0 && (
          <Text span size="sm" c="dimmed">
            {kind === 'view' ? 'a view of your database' : 'no source'}
          </Text>
        )}
        {problem !== undefined && (
          <Text size="sm" c="red">
            {problem}
          </Text>
        )}
      </TableTd>
      <TableTd style={{ whiteSpace: 'nowrap' }}>
        <Time at={changedAt} otherwise="never" />
      </TableTd>
    </TableTr>
  );
}
