'use client';

import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import type { Route } from 'next';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import type { DeletionView } from '#lib/sync/deletions/list.ts';
import { statusOf } from './deletion-words.ts';
import { GoneRows } from './gone-rows.tsx';

interface DeletionListProps {
  readonly sourceId: string;
  readonly first: { readonly items: readonly DeletionView[]; readonly nextCursor: string | null };
  readonly path: string;
}

/** The rows that vanished from a source, by sync, and what became of them. */
export function DeletionList({ sourceId, first, path }: DeletionListProps) {
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  return (
    <>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((deletion) => (
          <Paper key={deletion.id} withBorder p="md" component="li">
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <TextLink fw={600} href={`/sources/${sourceId}/deletions/${deletion.id}` as Route}>
                <GoneRows deletion={deletion} />
              </TextLink>
              <Badge
                radius="sm"
                color={deletion.status === 'held' ? 'red.9' : 'gray.7'}
                style={{ flexShrink: 0 }}
              >
                {statusOf(deletion)}
              </Badge>
            </Group>
            <Text size="sm" c="dimmed">
              <Time at={deletion.createdAt} /> · stream {deletion.stream}, dataset {deletion.dataset}
            </Text>
          </Paper>
        ))}
      </Stack>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load} />
    </>
  );
}
