'use client';

import { Group, Loader, SegmentedControl, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import { parseJson } from '#app/_ui/parse-json.ts';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import type { TriedRows } from '#app/(dashboard)/sources/_mapping/mapping-editor.tsx';
import type { SampleRows } from '#app/(dashboard)/sources/_mapping/sample.ts';
import type { RejectView } from '#lib/sources/runs.ts';
import { useAnswer } from './use-answer.ts';

/** What a preview of a mapping takes at once. */
const MOST_ROWS = 50;

interface ParkedStream {
  readonly sourceId: string;
  readonly stream: string;
  /** How many of its rows are set aside and can be mapped once more. */
  readonly parked: number;
  /** Whether to begin with them. */
  readonly isFirst: boolean;
}

/** Lets a mapping be tried on the rows that were set aside, where there are any, instead of the source's first. */
export function useTriedRows({ sourceId, stream, parked, isFirst }: ParkedStream): TriedRows | undefined {
  const [isParked, setParked] = useState(isFirst && parked > 0);
  const { number } = useFormat();
  const query = new URLSearchParams({ stream, status: 'open', replayable: 'true', limit: `${MOST_ROWS}` });
  const path = `/api/connectors/sources/${sourceId}/rejects?${query}`;
  const { answer, error, isReading } = useAnswer<{ items: readonly RejectView[] }>(isParked ? path : null);
  const rows = useMemo(() => answer?.items.map(({ payload }) => parseJson(payload)), [answer]);
  if (parked === 0) return undefined;
  return {
    ...(rows && { rows: rows as SampleRows }),
    choice: (
      <Stack gap="xs">
        <Group gap="sm">
          <SegmentedControl
            data={[
              { value: 'first', label: 'The source’s first rows' },
              { value: 'parked', label: `Set aside (${number(parked)})` },
            ]}
            value={isParked ? 'parked' : 'first'}
            onChange={(value) => setParked(value === 'parked')}
            aria-label="Rows to try the mapping on"
            style={{ flexWrap: 'wrap' }}
          />
          {isReading && <Loader size="xs" aria-label="Reading the rows" />}
        </Group>
        <ProblemAlert error={error} title="The rows that were set aside could not be read" />
      </Stack>
    ),
  };
}
