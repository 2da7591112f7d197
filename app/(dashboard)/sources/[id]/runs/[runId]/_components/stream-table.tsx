'use client';

import { Table, TableTbody, TableTd, TableTh, TableThead, TableTr, Title } from '@mantine/core';
import type { Route } from 'next';
import { Count } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { countsOf, streamsInOrder } from '#app/(dashboard)/sources/[id]/_components/run-counts.ts';
import { rejectsOf } from '#app/(dashboard)/sources/[id]/_components/run-words.ts';
import type { RunView } from '#lib/sources/runs.ts';

const columns = [
  ['read', 'Read'],
  ['inserted', 'Inserted'],
  ['updated', 'Updated'],
  ['unchanged', 'Unchanged'],
  ['deleted', 'Deleted'],
  ['superseded', 'Key came again'],
  ['rejected', 'Rejected'],
] as const;

/** What became of the rows, by stream and by list of items. */
export function StreamTable({ run }: { run: RunView }) {
  const streams = streamsInOrder(run);
  if (streams.length === 0) return null;
  return (
    <section aria-labelledby="streams">
      <Title order={3} size="h4" mb="xs" id="streams">
        Rows
      </Title>
      <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table aria-labelledby="streams">
          <TableThead>
            <TableTr>
              <TableTh scope="col">Stream</TableTh>
              {columns.map(([name, label]) => (
                <TableTh key={name} scope="col" ta="right">
                  {label}
                </TableTh>
              ))}
            </TableTr>
          </TableThead>
          <TableTbody>
            {streams.map(([stream, counts]) => (
              <TableTr key={stream}>
                <TableTh scope="row">{stream}</TableTh>
                {columns.map(([name]) => (
                  <TableTd key={name} ta="right">
                    <Count value={counts[name]} />
                  </TableTd>
                ))}
              </TableTr>
            ))}
          </TableTbody>
        </Table>
      </Table.ScrollContainer>
      {countsOf(run).rejected > 0 && !run.dryRun && (
        <TextLink size="sm" href={rejectsOf(run) as Route}>
          Look at the rejected rows
        </TextLink>
      )}
    </section>
  );
}
