'use client';

import { Badge, Group, Text } from '@mantine/core';
import type { Route } from 'next';
import { fieldsOf, operationOf } from '#app/_ui/change-words.ts';
import { ChangedFields } from '#app/_ui/changed-fields.tsx';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import type { RowEvent } from '#lib/datasets/row-history.ts';
import classes from './life-list.module.css';

interface LifeListProps {
  readonly first: { readonly items: readonly RowEvent[]; readonly nextCursor: string | null };
  readonly path: string;
  /** Whose runs they are. */
  readonly sourceId: string | null;
  /** What people call the columns. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Everything that happened to a row, latest first: what a sync or a person has made of it, field by field. */
export function LifeList({ first, path, sourceId, labels }: LifeListProps) {
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing in the last 90 days. Changes are kept for so long.
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.list}>
        {items.map((event) => (
          <li key={event.id} className={classes.event}>
            <Group gap="xs">
              <Badge variant="default" radius="sm">
                {operationOf(event, false)}
              </Badge>
              <Text span size="sm">
                <Time at={event.createdAt} />
              </Text>
              <Doer event={event} sourceId={sourceId} />
            </Group>
            <What event={event} labels={labels} />
          </li>
        ))}
      </ul>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load} />
    </>
  );
}

/** Which run it was, who has decided or edited, or both. */
function Doer({ event: { runId, by }, sourceId }: { event: RowEvent; sourceId: string | null }) {
  return (
    <Text span size="sm" c="dimmed">
      {runId && sourceId && (
        <TextLink href={`/sources/${sourceId}/runs/${runId}` as Route} inherit>
          by this run
        </TextLink>
      )}
      {(by ?? !runId) && ` by ${by ?? 'somebody who has left'}`}
    </Text>
  );
}

/** What it means that no field is another than before. */
const unchanged: Readonly<Partial<Record<RowEvent['operation'], string>>> = {
  updated: 'No field changed: what was edited here stayed.',
  edited: 'The value stayed as it was: somebody has decided for it.',
};

function What({ event, labels }: { event: RowEvent; labels: LifeListProps['labels'] }) {
  const fields = fieldsOf(event).map((change) => ({
    ...change,
    field: labels[change.field] ?? change.field,
  }));
  const why = fields.length === 0 && unchanged[event.operation];
  if (!why) return <ChangedFields fields={fields} />;
  return (
    <Text size="sm" mt={4}>
      {why}
    </Text>
  );
}
