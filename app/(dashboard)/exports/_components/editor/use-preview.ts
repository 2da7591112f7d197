'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { ApiProblem, callApi } from '#app/_ui/call-api.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { ExportInput } from '#lib/exports/definition.ts';
import type { Preview } from '#lib/exports/preview.ts';

const QUIET_MS = 400;

export interface ShownPreview {
  /** The last one that came; while a newer one is on its way, or an error stands, it is `stale`. */
  readonly preview: Preview | undefined;
  readonly error: ActionError | undefined;
  readonly stale: boolean;
}

const unreachable: ActionError = {
  code: 'NETWORK_ERROR',
  message: 'The server could not be reached. The preview comes back with the next change.',
};

interface Answer {
  readonly asked: string;
  readonly preview?: Preview;
  readonly error?: ActionError;
}

interface PreviewOf {
  readonly subject?: string;
  /** The id of the export whose next run it would be; absent where there is none yet. */
  readonly savedAs?: string | undefined;
}

/**
 * What a run of the definition would give, asked for once nothing has changed for a moment; null asks for nothing. The
 * last one is shown until the next comes, but never for another `subject`.
 */
export function usePreview(
  definition: ExportInput | null,
  { subject = '', savedAs }: PreviewOf = {},
): ShownPreview {
  const address = `/api/exports/preview${savedAs === undefined ? '' : `?export=${savedAs}`}`;
  // What is asked and of what it is waits for the quiet moment together.
  const wanted = definition && JSON.stringify({ definition, subject });
  const [asked] = useDebouncedValue(wanted, QUIET_MS);
  const [answer, setAnswer] = useState<Answer>();
  const [last, setLast] = useState<{ readonly of: string; readonly preview: Preview }>();
  useEffect(() => {
    if (asked === null) return;
    const { definition: body, subject: of } = JSON.parse(asked);
    const superseded = new AbortController();
    callApi<Preview>(address, { body, signal: superseded.signal })
      .then((preview) => {
        setAnswer({ asked, preview });
        setLast({ of, preview });
      })
      .catch((thrown: unknown) => {
        if (superseded.signal.aborted) return;
        setAnswer({ asked, error: thrown instanceof ApiProblem ? thrown.problem : unreachable });
      });
    return () => superseded.abort();
  }, [asked, address]);
  if (wanted === null) return { preview: undefined, error: undefined, stale: false };
  const current = answer?.asked === wanted ? answer : undefined;
  const earlier = last?.of === subject ? last.preview : undefined;
  return { preview: current?.preview ?? earlier, error: current?.error, stale: !current?.preview };
}
