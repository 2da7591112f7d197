'use client';

import { Divider, Drawer, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import type { RowOrigin } from '#lib/datasets/row-origin.ts';
import classes from './row-drawer.module.css';
import { RowField } from './row-field.tsx';
import { rowHref, rowName } from './row-name.ts';
import { SourceOfRow } from './source-of-row.tsx';
import type { Edit } from './use-edit.ts';
import type { FoundRow } from './use-rows.ts';
import type { Subject } from './view.ts';

interface RowDrawerProps {
  readonly dataset: Subject;
  readonly opened: boolean;
  readonly row: FoundRow | undefined;
  /** Absent for whoever may not. */
  readonly edit: Edit | undefined;
  onClose(): void;
}

/** A row's details: every column with all of its value and, but of a view, where it comes from and the way to its life. */
export function RowDrawer({ dataset, opened, row, edit, onClose }: RowDrawerProps) {
  const [editing, setEditing] = useState<string>();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      // The first Escape closes the editor of a field.
      closeOnEscape={editing === undefined}
      position="right"
      size="lg"
      title="Row details"
    >
      {row && (
        <Stack>
          <dl className={classes.list}>
            {dataset.columns.map((column) => (
              <Fact key={column.name} term={column.label ?? column.name}>
                <RowField
                  {...{ row, column }}
                  keyColumns={dataset.key}
                  edit={dataset.key.includes(column.name) ? undefined : edit}
                  isEdited={editing === column.name}
                  onBegin={() => setEditing(column.name)}
                  onEnd={() => setEditing(undefined)}
                />
              </Fact>
            ))}
          </dl>
          {row.origin ? (
            <>
              <TextLink href={rowHref(dataset.name, rowName(row.origin))} size="sm">
                Everything that happened to this row
              </TextLink>
              <Origin origin={row.origin} />
            </>
          ) : (
            <Text size="sm" c="dimmed">
              A view of your database shows this row; it is changed where the database keeps it.
            </Text>
          )}
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
            <SourceOfRow source={source} />
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
