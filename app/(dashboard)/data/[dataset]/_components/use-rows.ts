'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, callApi } from '#app/_ui/call-api.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { RowOrigin } from '#lib/datasets/row-origin.ts';
import { type View, viewQuery } from './view.ts';

const PAGE_ROWS = 500;

/** A row's values by the names of their columns, as JSON writes them. */
export type Values = Readonly<Record<string, unknown>>;

export interface FoundRow {
  readonly values: Values;
  /** Absent of a view's rows. */
  readonly origin: RowOrigin | undefined;
}

interface Page {
  readonly items: readonly Values[];
  /** Of each item; absent of a view. */
  readonly origins?: readonly RowOrigin[];
  readonly nextCursor: string | null;
}

/** What is there of a view's rows; full pages but for the last. */
interface Loaded {
  /** The view whose rows these are. */
  readonly of: string;
  readonly pages: readonly Page[];
  readonly problem?: ActionError;
}

export interface Rows {
  readonly count: number;
  /** Whether these are the rows of the view, and not still those of the one before. */
  readonly isCurrent: boolean;
  readonly hasMore: boolean;
  readonly problem: ActionError | undefined;
  rowAt(index: number): FoundRow | undefined;
  /** Asks for the next page; while one is on its way, nothing. */
  loadMore(): void;
  retry(): void;
  /** Shows a row as it is now, where it stands. */
  put(row: FoundRow): void;
}

const unreachable: ActionError = {
  code: 'NETWORK_ERROR',
  message: 'The rows could not be read. Check the connection and try again.',
};

/** The rows of a view, page by page. Those of the view before stay until its first page is there. */
export function useRows(dataset: string, view: View): Rows {
  const wanted = viewQuery(view).toString();
  const [loaded, setLoaded] = useState<Loaded>();
  const underWay = useRef<AbortController>(undefined);
  const load = useCallback(
    async (before: readonly Page[]) => {
      const abort = new AbortController();
      underWay.current = abort;
      try {
        const page = await fetchPage(dataset, wanted, before.at(-1)?.nextCursor, abort.signal);
        // What was put meanwhile stays.
        setLoaded((now) => ({ of: wanted, pages: [...(before.length > 0 && now ? now.pages : []), page] }));
      } catch (error) {
        if (abort.signal.aborted) return;
        const problem = error instanceof ApiProblem ? error.problem : unreachable;
        setLoaded({ of: wanted, pages: before, problem });
      } finally {
        if (underWay.current === abort) underWay.current = undefined;
      }
    },
    [dataset, wanted],
  );
  useEffect(() => {
    load([]);
    return () => underWay.current?.abort();
  }, [load]);
  const pages = loaded?.pages ?? [];
  const last = pages.at(-1);
  const isCurrent = loaded?.of === wanted;
  const hasMore = Boolean(last?.nextCursor);
  return {
    count: last ? (pages.length - 1) * PAGE_ROWS + last.items.length : 0,
    isCurrent,
    hasMore,
    problem: isCurrent ? loaded?.problem : undefined,
    rowAt(index) {
      const page = pages[Math.floor(index / PAGE_ROWS)];
      const values = page?.items[index % PAGE_ROWS];
      return values && { values, origin: page?.origins?.[index % PAGE_ROWS] };
    },
    loadMore() {
      if (isCurrent && hasMore && !loaded.problem && !underWay.current) load(pages);
    },
    retry: () => load(pages),
    put: useCallback(
      (row) => setLoaded((now) => now && { ...now, pages: now.pages.map((page) => withRow(page, row)) }),
      [],
    ),
  };
}

/** The page with that row in place of the one of its name, if it has it. */
function withRow(page: Page, { values, origin }: FoundRow): Page {
  const { items, origins = [] } = page;
  const place = origin ? origins.findIndex((other) => isSameRow(other, origin)) : -1;
  if (!origin || place < 0) return page;
  return { ...page, items: items.with(place, values), origins: origins.with(place, origin) };
}

function isSameRow(one: RowOrigin, other: RowOrigin): boolean {
  return (
    one.source?.id === other.source?.id && one.stream === other.stream && one.externalId === other.externalId
  );
}

function fetchPage(
  dataset: string,
  query: string,
  cursor: string | null | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const page = new URLSearchParams(query);
  page.set('limit', String(PAGE_ROWS));
  page.set('origins', 'true');
  if (cursor) page.set('cursor', cursor);
  return callApi<Page>(`/api/datasets/${dataset}/rows?${page}`, { signal, exact: true });
}
