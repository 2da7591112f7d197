'use client';

import { Stack } from '@mantine/core';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import type { AuditEntry } from '#lib/workspaces/audit-log.ts';
import { AuditLine } from './audit-line.tsx';

interface AuditEntriesProps {
  readonly first: { readonly items: readonly AuditEntry[]; readonly nextCursor: string | null };
  /** The list of the API that they come from. */
  readonly path: string;
}

/** What was done, latest first. */
export function AuditEntries({ first, path }: AuditEntriesProps) {
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  return (
    <>
      <Stack component="ol" gap={0} p={0} m={0} style={{ listStyle: 'none' }}>
        {items.map((entry) => (
          <AuditLine key={entry.id} entry={entry} />
        ))}
      </Stack>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load} />
    </>
  );
}
