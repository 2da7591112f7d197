'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import { ApiProblem, callApi } from '#app/_ui/call-api.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import type { MapPreview } from '#lib/sources/map-preview.ts';
import type { Target } from './mapping-draft.ts';
import { rowsText, type SampleRows } from './sample.ts';

const PAUSE_MS = 300;
const UNREACHABLE = 'The server could not be reached. The preview is tried again with your next change.';

interface Mapped {
  readonly connector: string;
  readonly stream: string;
  readonly rows: SampleRows;
  readonly target: Target;
}

/** Asks what a sync would make of the rows; without fields, which are suggested. */
export function mapRows(
  { connector, stream, rows, target }: Mapped,
  fields?: FieldMapping,
  signal?: AbortSignal,
): Promise<MapPreview> {
  const { name, columns, key } = target;
  const body = { stream, dataset: name ?? { columns, key }, fields, rows: rowsText(rows) };
  return callApi(`/api/connectors/${connector}/map`, { body, ...(signal && { signal }) });
}

/** The mapped rows, asked for anew a moment after the last change; the last answer stays until the next is there. */
export function useMappedPreview(mapped: Mapped, fields: FieldMapping, isReady: boolean) {
  const { connector, stream, rows, target } = mapped;
  const [preview, setPreview] = useState<MapPreview>();
  const [error, setError] = useState<string | null>(null);
  const asked = useMemo(() => JSON.stringify({ fields, target }), [fields, target]);
  const [settled] = useDebouncedValue(asked, PAUSE_MS);
  const [answered, setAnswered] = useState('');
  useEffect(() => {
    if (!isReady) return;
    const controller = new AbortController();
    const { fields, target } = JSON.parse(settled);
    mapRows({ connector, stream, rows, target }, fields, controller.signal)
      .then((next) => {
        setPreview(next);
        setError(null);
      })
      .catch((thrown: unknown) => {
        if (!controller.signal.aborted) setError(thrown instanceof ApiProblem ? thrown.message : UNREACHABLE);
      })
      .finally(() => controller.signal.aborted || setAnswered(settled));
    return () => controller.abort();
  }, [connector, stream, rows, settled, isReady]);
  return { preview, error, isPending: isReady && answered !== asked };
}
