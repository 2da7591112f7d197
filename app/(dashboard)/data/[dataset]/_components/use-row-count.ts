'use client';

import { useEffect, useState } from 'react';
import { callApi } from '#app/_ui/call-api.ts';
import type { RowCount } from '#lib/datasets/estimate.ts';
import { soughtQuery, type View } from './view.ts';

/** How many rows a view has; undefined until that is known, null where it cannot be. */
export function useRowCount(dataset: string, view: View): RowCount | null | undefined {
  const query = soughtQuery(view).toString();
  const [counted, setCounted] = useState<{ readonly of: string; readonly count: RowCount | null }>();
  useEffect(() => {
    const abort = new AbortController();
    callApi<RowCount>(`/api/datasets/${dataset}/rows/count?${query}`, { signal: abort.signal })
      .then((count) => setCounted({ of: query, count }))
      // The rows themselves say what is wrong.
      .catch(() => abort.signal.aborted || setCounted({ of: query, count: null }));
    return () => abort.abort();
  }, [dataset, query]);
  return counted?.of === query ? counted.count : undefined;
}
