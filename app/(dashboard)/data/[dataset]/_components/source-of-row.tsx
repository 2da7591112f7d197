import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import type { RowOrigin } from '#lib/datasets/row-origin.ts';

/** The source that a row comes from, by its name, with the way to it while it is there. */
export function SourceOfRow({ source }: { source: NonNullable<RowOrigin['source']> }) {
  if (source.name === null) return 'one that has been deleted';
  return (
    <TextLink href={`/sources/${source.id}` as Route} inherit>
      {source.name}
    </TextLink>
  );
}
