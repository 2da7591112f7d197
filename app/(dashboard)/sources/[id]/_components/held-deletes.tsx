import { Alert, Text } from '@mantine/core';
import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import { GoneRows } from '#app/(dashboard)/sources/[id]/deletions/_components/gone-rows.tsx';
import type { Session } from '#lib/auth/session.ts';
import { listDeletions } from '#lib/sync/deletions/list.ts';

const SHOWN = 5;

const why = {
  vanished: 'so many at once may be a fault of the source',
  unmapped: 'the stream fills it no more, so no sync changes these rows',
};

/** Says that rows are gone from a source, or left behind by its mapping, and wait for a person. */
export async function HeldDeletes({ session, sourceId }: { session: Session; sourceId: string }) {
  const { items } = await listDeletions(session, { sourceId, status: 'held' }, { limit: SHOWN });
  return items.map((deletion) => (
    <Alert key={deletion.id} color="yellow" title={<GoneRows deletion={deletion} />}>
      <Text size="sm">
        Nothing was removed from {deletion.dataset}: {why[deletion.reason]}.{' '}
        <TextLink href={`/sources/${sourceId}/deletions/${deletion.id}` as Route} inherit c="inherit">
          Look at them, and decide
        </TextLink>
      </Text>
    </Alert>
  ));
}
