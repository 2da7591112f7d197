'use client';

import { useEffect, useState } from 'react';
import { ApiProblem, callApi } from '#app/_ui/call-api.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';

interface SourcePreview {
  readonly streams: readonly StreamPreview[] | null;
  readonly error: ActionError | null;
}

const unreachable = { code: 'NETWORK_ERROR', message: 'The server could not be reached. Try again.' };

/** The first rows of a saved source as they are now, read once. */
export function useSourcePreview(sourceId: string) {
  const [preview, setPreview] = useState<SourcePreview | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const path = `/api/connectors/sources/${sourceId}/preview`;
    callApi<{ streams: StreamPreview[] }>(path, { body: { force: true }, exact: true, signal })
      .then(({ streams }) => setPreview({ streams, error: null }))
      .catch((thrown: unknown) => {
        const error = thrown instanceof ApiProblem ? thrown.problem : unreachable;
        if (!signal.aborted) setPreview({ streams: null, error });
      });
    return () => controller.abort();
  }, [sourceId]);
  return { streams: preview?.streams ?? null, error: preview?.error ?? null, isReading: preview === null };
}
