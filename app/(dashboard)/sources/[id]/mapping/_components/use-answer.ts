'use client';

import { useEffect, useState } from 'react';
import { ApiProblem, callApi } from '#app/_ui/call-api.ts';
import type { ActionError } from '#lib/api/action.ts';

interface Answered<Answer> {
  readonly path: string;
  readonly answer: Answer | null;
  readonly error: ActionError | null;
}

const unreachable = { code: 'NETWORK_ERROR', message: 'The server could not be reached. Try again.' };

/** What our API answers at a path, all digits kept, asked once; null asks nothing. `body` must stay the same. */
export function useAnswer<Answer>(path: string | null, body?: object) {
  const [answered, setAnswered] = useState<Answered<Answer> | null>(null);
  useEffect(() => {
    if (path === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    callApi<Answer>(path, { body, exact: true, signal })
      .then((answer) => setAnswered({ path, answer, error: null }))
      .catch((thrown: unknown) => {
        const error = thrown instanceof ApiProblem ? thrown.problem : unreachable;
        if (!signal.aborted) setAnswered({ path, answer: null, error });
      });
    return () => controller.abort();
  }, [path, body]);
  const latest = answered?.path === path ? answered : null;
  return {
    answer: latest?.answer ?? null,
    error: latest?.error ?? null,
    isReading: path !== null && latest === null,
  };
}
