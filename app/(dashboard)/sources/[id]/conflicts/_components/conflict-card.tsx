'use client';

import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { shownValue } from '#app/_ui/change-words.ts';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { rowHref } from '#app/(dashboard)/data/[dataset]/_components/row-name.ts';
import type { Column } from '#lib/core/columns.ts';
import type { ConflictView } from '#lib/sources/conflicts.ts';
import classes from './conflict-card.module.css';
import { DecideConflict } from './decide-conflict.tsx';

interface ConflictCardProps {
  readonly sourceId: string;
  readonly conflict: ConflictView;
  readonly column: Column;
  readonly datasetLabel: string;
  readonly mayEdit: boolean;
}

/** One field that was edited here and changed by its source: what it was, what each has made of it, and the decision. */
export function ConflictCard({ sourceId, conflict, column, datasetLabel, mayEdit }: ConflictCardProps) {
  const { dataset, stream, externalId, base, mine, theirs, editedBy, editedAt, since } = conflict;
  const row = { sourceId, stream, externalId };
  return (
    <Paper withBorder p="md" component="li">
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {column.label ?? column.name} of{' '}
        <TextLink href={rowHref(dataset, row)} inherit>
          {externalId}
        </TextLink>
      </Text>
      <Text size="sm" c="dimmed">
        in {datasetLabel}
      </Text>
      <dl className={classes.values}>
        <Value term="The source said" value={base} />
        <Value term="Edited here" value={mine}>
          by {editedBy ?? 'somebody who has left'}, <Time at={editedAt} />
        </Value>
        <Value term="The source says now" value={theirs}>
          since <Time at={since} />
        </Value>
      </dl>
      {mayEdit && <DecideConflict row={row} conflict={conflict} column={column} />}
    </Paper>
  );
}

function Value({ term, value, children }: { term: string; value: string | null; children?: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <div className={classes.value}>{shownValue(value)}</div>
        {children && <div className={classes.note}>{children}</div>}
      </dd>
    </div>
  );
}
