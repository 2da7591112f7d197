'use client';

import { Divider, Drawer, Stack, Text, Title } from '@mantine/core';
import type { Route } from 'next';
import type { ReactNode } from 'react';
import { Time, useFormat } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import type { RowOrigin } from '#lib/datasets/row-origin.ts';
import { Cell } from './cell.tsx';
import classes from './row-drawer.module.css';
import type { FoundRow } from './use-rows.ts';
import type { Subject } from './view.ts';

interface RowDrawerProps {
  readonly dataset: Subject;
  readonly opened: boolean;
  readonly row: FoundRow | undefined;
  onClose(): void;
}

/** A row's details: every column with all of its value, and where the row comes from. */
export function RowDrawer({ dataset, opened, row, onClose }: RowDrawerProps) {
  const formats = useFormat();
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="lg" title="Row details">
      {row && (
        <Stack>
          <dl className={classes.list}>
            {dataset.columns.map((column) => (
              <Fact key={column.name} term={column.label ?? column.name}>
                <Cell
                  value={row.values[column.name]}
                  column={column}
                  keyColumns={dataset.key}
                  formats={formats}
                  isWhole
                />
              </Fact>
            ))}
          </dl>
          {row.origin && <Origin origin={row.origin} />}
        </Stack>
      )}
    </Drawer>
  );
}

function Origin({ origin: { source, stream, externalId, syncedAt } }: { origin: RowOrigin }) {
  return (
    <>
      <Divider />
      <Title order={3} size="h5">
        Where this row comes from
      </Title>
      {source === null ? (
        <Text size="sm">It was written by hand, by no source.</Text>
      ) : (
        <dl className={classes.list}>
          <Fact term="Source">
            {source.name === null ? (
              'one that has been deleted'
            ) : (
              <TextLink href={`/sources/${source.id}` as Route} inherit>
                {source.name}
              </TextLink>
            )}
          </Fact>
          <Fact term="Table of the source">{stream}</Fact>
          <Fact term="Key at the source">{externalId}</Fact>
          <Fact term="Last written">
            <Time at={syncedAt} />
          </Fact>
        </dl>
      )}
    </>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
