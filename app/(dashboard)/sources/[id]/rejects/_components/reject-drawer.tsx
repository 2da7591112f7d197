'use client';

import { Code, Drawer, Stack, Text } from '@mantine/core';
import { Time } from '#app/_ui/format.tsx';
import { Fact, Facts } from '#app/(dashboard)/sources/_components/facts.tsx';
import type { RejectView } from '#lib/sources/runs.ts';
import { readable } from './reject-words.ts';

interface RejectDrawerProps {
  readonly reject: RejectView | undefined;
  readonly opened: boolean;
  onClose(): void;
}

/** All that is known of a row that was set aside, and the row as it came. */
export function RejectDrawer({ reject, opened, onClose }: RejectDrawerProps) {
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="lg" title="The row as it came">
      {reject && (
        <Stack>
          <Text style={{ overflowWrap: 'anywhere' }}>
            {reject.field !== null && `${reject.field}: `}
            {reject.reason}
          </Text>
          <Facts>
            <Fact label="Stream">{reject.stream}</Fact>
            {reject.line !== null && <Fact label="Line">{reject.line}</Fact>}
            {reject.externalId !== null && <Fact label="Key">{reject.externalId}</Fact>}
            <Fact label="Set aside">
              <Time at={reject.createdAt} />
            </Fact>
            <Fact label="Resolved">
              <Time at={reject.resolvedAt} otherwise="not yet" />
            </Fact>
          </Facts>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {readable(reject.payload)}
          </Code>
          {!reject.replayable && (
            <Text size="sm" c="dimmed">
              It could not be read as a row, so it cannot be replayed: correct it where it comes from.
            </Text>
          )}
        </Stack>
      )}
    </Drawer>
  );
}
