'use client';

import {
  Skeleton,
  Stack,
  Table,
  TableScrollContainer,
  TableTbody,
  TableTd,
  TableTh,
  TableThead,
  TableTr,
  Text,
  Title,
} from '@mantine/core';
import dynamic from 'next/dynamic';
import { Count, Time } from '#app/_ui/format.tsx';
import type { RunRows } from '#lib/exports/overview.ts';

/** Charts are of some weight, and drawn in the browser alone. */
const RowsBars = dynamic(() => import('./rows-bars.tsx').then((file) => file.RowsBars), {
  ssr: false,
  loading: () => <Skeleton height={240} />,
});

/** How many rows each run has given, as bars and as a table. */
export function RowsChart({ runs }: { runs: readonly RunRows[] }) {
  return (
    <Stack gap="xs" component="section" aria-labelledby="rows-per-run">
      <Title order={2} size="h4" id="rows-per-run">
        Rows per run
      </Title>
      {runs.length === 0 ? (
        <Text c="dimmed">Once it has run, a bar for each run shows how many rows it gave.</Text>
      ) : (
        <>
          <RowsBars runs={runs} />
          <details>
            <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
              As a table
            </Text>
            <RowsTable runs={runs} />
          </details>
        </>
      )}
    </Stack>
  );
}

function RowsTable({ runs }: { runs: readonly RunRows[] }) {
  return (
    <TableScrollContainer minWidth={280}>
      <Table>
        <TableThead>
          <TableTr>
            <TableTh>Run</TableTh>
            <TableTh ta="right">Rows</TableTh>
          </TableTr>
        </TableThead>
        <TableTbody>
          {runs.toReversed().map(({ id, completedAt, rows }) => (
            <TableTr key={id}>
              <TableTd>
                <Time at={completedAt} />
              </TableTd>
              <TableTd ta="right">
                <Count value={rows} />
              </TableTd>
            </TableTr>
          ))}
        </TableTbody>
      </Table>
    </TableScrollContainer>
  );
}
