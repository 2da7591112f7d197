import type { Session } from '#lib/auth/session.ts';
import { addedTo } from '#lib/datasets/added-columns.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { SourceView } from './view.ts';

/** Columns that a stream had in its last sync, and not when its mapping was saved. */
export interface NewColumns {
  readonly stream: string;
  readonly names: readonly string[];
}

/** What the syncs of a source have found new, by stream; a saved mapping knows them all. */
export async function newColumns(
  session: Session,
  { id, streams }: Pick<SourceView, 'id' | 'streams'>,
): Promise<NewColumns[]> {
  const read = await asMember(session, ({ db }) =>
    db
      .selectFrom('sync_cursors')
      .select(['stream', 'columns'])
      .where('source_id', '=', id)
      .where('columns', 'is not', null)
      .orderBy('stream')
      .$castTo<{ stream: string; columns: string[] }>()
      .execute(),
  );
  return read
    .map(({ stream, columns }) => ({ stream, names: addedTo(streams[stream]?.columns, columns) }))
    .filter(({ names }) => names.length > 0);
}
