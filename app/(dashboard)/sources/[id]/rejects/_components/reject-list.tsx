'use client';

import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import type { RejectView } from '#lib/sources/runs.ts';
import { RejectDrawer } from './reject-drawer.tsx';
import { placeOf } from './reject-words.ts';

interface RejectListProps {
  readonly first: { readonly items: readonly RejectView[]; readonly nextCursor: string | null };
  readonly path: string;
}

/** The rows that syncs set aside, and why; a drawer shows how one looked. */
export function RejectList({ first, path }: RejectListProps) {
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  const [looked, setLooked] = useState<RejectView>();
  const [opened, setOpened] = useState(false);
  const look = (reject: RejectView) => {
    setLooked(reject);
    setOpened(true);
  };
  return (
    <>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((reject) => (
          <RejectItem key={reject.id} reject={reject} onLook={() => look(reject)} />
        ))}
      </Stack>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load}>
        Load more
      </LoadOlderButton>
      <RejectDrawer reject={looked} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

function RejectItem({ reject, onLook }: { reject: RejectView; onLook(): void }) {
  const { field, reason, value, resolvedAt } = reject;
  const place = placeOf(reject);
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
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
            {place}
          </Text>
        </div>
        {resolvedAt && (
          <Badge color="teal.9" radius="sm" style={{ flexShrink: 0 }}>
            Resolved
          </Badge>
        )}
      </Group>
      <Button
        variant="subtle"
        size="compact-sm"
        mt="xs"
        ml={-8}
        onClick={onLook}
        aria-label={`The row as it came: ${place}`}
      >
        The row as it came
      </Button>
    </Paper>
  );
}
