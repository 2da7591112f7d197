'use client';

import { Badge, Group, Text } from '@mantine/core';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useMore } from '#app/_ui/use-more.ts';
import type { ChangeView } from '#lib/sync/run-changes.ts';
import classes from './change-list.module.css';
import { fieldsOf, operationOf, shownValue } from './change-words.ts';

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
          <Fields fields={fields} isNew />
        </details>
      ) : (
        <Fields fields={fields} />
      )}
    </li>
  );
}

function Fields({ fields, isNew = false }: { fields: ReturnType<typeof fieldsOf>; isNew?: boolean }) {
  if (fields.length === 0) return null;
  return (
    <dl className={classes.fields}>
      {fields.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field}</dt>
          <dd>
            {!isNew && (
              <>
                <del>{shownValue(before)}</del> <span aria-hidden>→</span>{' '}
              </>
            )}
            <ins>{shownValue(after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
