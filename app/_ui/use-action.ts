'use client';

import { useState, useTransition } from 'react';
import type { ActionError, ActionResult } from '#lib/api/action.ts';

interface UsedAction<Input, Value> {
  /** Sends the form; resolves with the value, or with undefined where `error` says why not. */
  run(input: Input): Promise<Value | undefined>;
  readonly pending: boolean;
  readonly error: ActionError | null;
  clearError(): void;
}

const unreachable: ActionError = {
  code: 'NETWORK_ERROR',
  message: 'The server could not be reached. Check the connection and try again: nothing was lost.',
};

/** A server action with its state: what is under way, and what went wrong. */
export function useAction<Input, Value>(
  action: (input: Input) => Promise<ActionResult<Value>>,
): UsedAction<Input, Value> {
  const [pending, startTransition] = useTransition();
  const [error, setError] = useState<ActionError | null>(null);
  const run = (input: Input) =>
    new Promise<Value | undefined>((resolve) => {
      startTransition(async () => {
        const result = await settled(action(input));
        setError(result.ok ? null : result.error);
        resolve(result.ok ? result.value : undefined);
      });
    });
  return { run, pending, error, clearError: () => setError(null) };
}

/** A redirect must reach React; everything else that fails in between is the network. */
async function settled<Value>(sent: Promise<ActionResult<Value>>): Promise<ActionResult<Value>> {
  try {
    return await sent;
  } catch (cause) {
    if (cause instanceof Error && 'digest' in cause) throw cause;
    return { ok: false, error: unreachable };
  }
}
