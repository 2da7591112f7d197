import { Alert, Text } from '@mantine/core';
import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import type { Session } from '#lib/auth/session.ts';
import { countConflicts } from '#lib/sources/conflicts.ts';

/** Says how many fields, edited here and changed by the source since, wait for a person. */
export async function OpenConflicts({ session, sourceId }: { session: Session; sourceId: string }) {
  const count = await countConflicts(session, sourceId);
  if (count === 0) return null;
  return (
    <Alert color="yellow" title={count === 1 ? '1 conflict' : `${count} conflicts`}>
      <Text size="sm">
        The source has changed what was edited here.{' '}
        <TextLink href={`/sources/${sourceId}/conflicts` as Route} inherit c="inherit">
          Look at {count === 1 ? 'it' : 'them'}, and decide
        </TextLink>
      </Text>
    </Alert>
  );
}
