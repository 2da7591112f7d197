'use client';

import { Text } from '@mantine/core';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useMore } from '#app/_ui/use-more.ts';
import classes from './key-list.module.css';

interface KeyListProps {
  readonly first: {
    readonly items: readonly { readonly externalId: string }[];
    readonly nextCursor: string | null;
  };
  readonly path: string;
}

/** The keys of rows, in as many columns as there is room for. */
export function KeyList({ first, path }: KeyListProps) {
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
          <li key={externalId}>{externalId}</li>
        ))}
      </ul>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load}>
        Load more
      </LoadOlderButton>
    </>
  );
}
