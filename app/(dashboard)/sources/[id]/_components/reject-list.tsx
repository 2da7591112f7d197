'use client';

import { Code, Paper, Stack, Text } from '@mantine/core';
import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import type { RejectView } from '#lib/sources/runs.ts';

interface RejectListProps {
  readonly sourceId: string;
  readonly first: { readonly items: readonly RejectView[]; readonly nextCursor: string | null };
  readonly path: string;
}

/** The rows that syncs set aside: why, and how each looked. */
export function RejectList({ sourceId, first, path }: RejectListProps) {
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  return (
    <>
      <Text mb="md" maw={640}>
        These rows were not stored. Correct them where they come from, or{' '}
        <TextLink href={`/sources/${sourceId}/mapping` as Route}>change the mapping</TextLink>, then sync
        again.
      </Text>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((reject) => (
          <RejectItem key={reject.id} reject={reject} />
        ))}
      </Stack>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load}>
        Load more
      </LoadOlderButton>
    </>
  );
}

function RejectItem({ reject }: { reject: RejectView }) {
  const { field, reason, value, line, externalId, payload } = reject;
  const where = [line !== null && `Line ${line}`, externalId !== null && `key ${externalId}`];
  return (
    <Paper withBorder p="md" component="li">
      <Text style={{ overflowWrap: 'anywhere' }}>
        {field !== null && (
          <Text span fw={600}>
            {field}:{' '}
          </Text>
        )}
        {value !== null && `“${value}” `}
        {reason}
      </Text>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {where.filter(Boolean).join(', ')}
      </Text>
      <details>
        <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
          The row as it came
        </Text>
        <Code block mt="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {payload}
        </Code>
      </details>
    </Paper>
  );
}
