'use client';

import { useState } from 'react';
import type { ActionError } from '#lib/api/action.ts';
import { ApiProblem, callApi } from './call-api.ts';

/** A page of a list, and where the next one begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A list as far as it is read. */
export interface More<Item> extends Page<Item> {
  readonly pending: boolean;
  readonly error: ActionError | null;
  /** Reads the next page and puts it below. */
  load(): Promise<void>;
}

const unreachable = { code: 'NETWORK_ERROR', message: 'The server could not be reached. Try again.' };

/**
 * A list that begins with the page's own first items and goes on with those that `path`, which has a query, gives.
 * `idOf` is for a list that grows at its head: a newer first page then takes its place above what was loaded.
 */
export function useMore<Item>(path: string, first: Page<Item>, idOf?: (item: Item) => string): More<Item> {
  const [loaded, setLoaded] = useState<Page<Item> | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const items = idOf ? joined(first.items, loaded?.items ?? [], idOf) : (loaded ?? first).items;
  const { nextCursor } = loaded ?? first;
  const load = async () => {
    if (nextCursor === null) return;
    setPending(true);
    try {
      const page = await callApi<Page<Item>>(`${path}&cursor=${encodeURIComponent(nextCursor)}`);
      setLoaded({ items: [...items, ...page.items], nextCursor: page.nextCursor });
      setError(null);
    } catch (thrown) {
      setError(thrown instanceof ApiProblem ? thrown.problem : unreachable);
    } finally {
      setPending(false);
    }
  };
  return { items, nextCursor, pending, error, load };
}

function joined<Item>(
  newest: readonly Item[],
  older: readonly Item[],
  idOf: (item: Item) => string,
): readonly Item[] {
  const known = new Set(newest.map(idOf));
  return [...newest, ...older.filter((item) => !known.has(idOf(item)))];
}
