'use client';

import { useState } from 'react';
import type { ActionError } from '#lib/api/action.ts';
import { ApiProblem, callApi } from './call-api.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

interface Older<Item> extends Page<Item> {
  readonly pending: boolean;
  readonly error: ActionError | null;
  /** Reads the next page and puts it below. */
  load(): Promise<void>;
}

const unreachable = { code: 'NETWORK_ERROR', message: 'The server could not be reached. Try again.' };

/**
 * A list, latest first, that begins with the page's own first items and goes on with those that `path` gives. A
 * newer first page takes its place at the top, and what was loaded stays.
 */
export function useOlder<Item extends { readonly id: string }>(path: string, first: Page<Item>): Older<Item> {
  const [loaded, setLoaded] = useState<Page<Item> | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const known = new Set(first.items.map(({ id }) => id));
  const items = [...first.items, ...(loaded?.items ?? []).filter(({ id }) => !known.has(id))];
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
