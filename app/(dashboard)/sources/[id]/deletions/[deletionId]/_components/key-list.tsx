'use client';

import { Text } from '@mantine/core';
import { TextLink } from '#app/_ui/link.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useMore } from '#app/_ui/use-more.ts';
import { rowHref } from '#app/(dashboard)/data/[dataset]/_components/row-name.ts';
import type { RowId } from '#lib/datasets/row-id.ts';
import classes from './key-list.module.css';

interface KeyListProps {
  readonly first: {
    readonly items: readonly { readonly externalId: string }[];
    readonly nextCursor: string | null;
  };
  readonly path: string;
  readonly dataset: string;
  /** Where the rows come from. */
  readonly origin: Pick<RowId, 'sourceId' | 'stream'>;
}

/** The keys of rows, each a link to what happened to its row, in as many columns as there is room for. */
export function KeyList({ first, path, dataset, origin }: KeyListProps) {
  const { items, nextCursor, pending, error, load } = useMore(path, first);
  if (items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        None of these rows is missing any more.
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.keys}>
        {items.map(({ externalId }) => (
          <li key={externalId}>
            <TextLink href={rowHref(dataset, { ...origin, externalId })} inherit>
              {externalId}
            </TextLink>
          </li>
        ))}
      </ul>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load}>
        Load more
      </LoadOlderButton>
    </>
  );
}
