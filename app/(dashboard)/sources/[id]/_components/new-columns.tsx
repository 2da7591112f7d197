import { Alert, Text } from '@mantine/core';
import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import type { Session } from '#lib/auth/session.ts';
import { newColumns } from '#lib/sources/new-columns.ts';
import type { SourceView } from '#lib/sources/view.ts';
import { newColumnsInWords } from './new-column-words.ts';

interface NewColumnsProps {
  readonly session: Session;
  readonly source: Pick<SourceView, 'id' | 'streams'>;
  readonly mayEdit: boolean;
}

/** Offers what a sync has found in the source beyond what its mapping was made for. */
export async function NewColumns({ session, source, mayEdit }: NewColumnsProps) {
  const found = await newColumns(session, source);
  return found.map(({ stream, names }) => (
    <Alert key={stream} color="blue" title={newColumnsInWords(names)}>
      <Text size="sm">
        The source has them in “{stream}” since its mapping was made; nothing is filled with them yet.{' '}
        {mayEdit && (
          <TextLink href={`/sources/${source.id}/mapping` as Route} inherit c="inherit">
            Map them, or save the mapping without
          </TextLink>
        )}
      </Text>
    </Alert>
  ));
}
