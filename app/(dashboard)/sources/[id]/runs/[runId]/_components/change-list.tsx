'use client';

import { Badge, Group, Text } from '@mantine/core';
import { fieldsOf, operationOf } from '#app/_ui/change-words.ts';
import { ChangedFields } from '#app/_ui/changed-fields.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useMore } from '#app/_ui/use-more.ts';
import type { ChangeView } from '#lib/sync/run-changes.ts';
import classes from './change-list.module.css';

interface ChangeListProps {
  readonly first: { readonly items: readonly ChangeView[]; readonly nextCursor: string | null };
  readonly path: string;
  readonly dryRun: boolean;
}

/** What a run did to each row, field by field, or in a dry run would do. */
export function ChangeList({ first, path, dryRun }: ChangeListProps) {
  const { items, nextCursor, pending, error, load } = useMore(path, first);
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No row {dryRun ? 'would change' : 'changed'}. Changes are kept for 90 days.
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.list}>
        {items.map((change, place) => (
          <ChangeItem key={keyOf(change, place)} change={change} dryRun={dryRun} />
        ))}
      </ul>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load}>
        Load more
      </LoadOlderButton>
    </>
  );
}

/** The list only grows at its end, and a run may change a row twice. */
function keyOf({ dataset, externalId }: ChangeView, place: number): string {
  return `${place} ${dataset} ${externalId}`;
}

function ChangeItem({ change, dryRun }: { change: ChangeView; dryRun: boolean }) {
  const fields = fieldsOf(change);
  return (
    <li className={classes.change}>
      <Group gap="xs">
        <Badge variant="default" radius="sm">
          {operationOf(change, dryRun)}
        </Badge>
        <span className={classes.key}>{change.externalId}</span>
        <Text span size="sm" c="dimmed">
          in {change.dataset}
        </Text>
      </Group>
      {change.operation === 'inserted' ? (
        <details>
          <summary className={classes.summary}>
            {fields.length} {fields.length === 1 ? 'field' : 'fields'}
          </summary>
          <ChangedFields fields={fields} isNew />
        </details>
      ) : (
        <ChangedFields fields={fields} />
      )}
    </li>
  );
}
