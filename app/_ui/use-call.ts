'use client';

import { useState } from 'react';
import { ApiProblem } from '#app/_ui/call-api.ts';
import type { ActionError } from '#lib/api/action.ts';

const unreachable: ActionError = {
  code: 'NETWORK_ERROR',
  message: 'The server could not be reached. Check the connection and try again.',
};

/** Calls of our API with their state: resolves with the answer, or with undefined where `error` says why not. */
export function useCall() {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const run = async <Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> => {
    setPending(true);
    setError(null);
    try {
      return await call();
    } catch (thrown) {
      setError(thrown instanceof ApiProblem ? thrown.problem : unreachable);
      return undefined;
    } finally {
      setPending(false);
    }
  };
  return { run, pending, error, setError };
}
