'use client';

import { useCallback, useEffect, useState } from 'react';
import { ApiProblem, callApi } from '#app/_ui/call-api.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { DatasetView } from '#lib/datasets/view.ts';

interface UsedDatasets {
  /** Undefined until they are there. */
  readonly datasets: readonly DatasetView[] | undefined;
  readonly error: ActionError | undefined;
  /** Asks again; what is there stays until then. */
  reload(): void;
}

const unreachable: ActionError = {
  code: 'NETWORK_ERROR',
  message: 'The relations could not be read. Check the connection and open them again.',
};

/** Every dataset of the workspace, as it is now. */
export function useDatasets(): UsedDatasets {
  const [loaded, setLoaded] = useState<Pick<UsedDatasets, 'datasets' | 'error'>>({
    datasets: undefined,
    error: undefined,
  });
  const reload = useCallback(async () => {
    try {
      const { items } = await callApi<{ items: DatasetView[] }>('/api/datasets');
      setLoaded({ datasets: items, error: undefined });
    } catch (thrown) {
      setLoaded({ datasets: undefined, error: thrown instanceof ApiProblem ? thrown.problem : unreachable });
    }
  }, []);
  useEffect(() => {
    reload();
  }, [reload]);
  return { ...loaded, reload };
}
