import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type MapPreview, mapPreviewInput, previewMapping } from './map-preview.ts';
import type { SourceView } from './view.ts';

/** What would come of a stream's first parked rows, were they replayed now. */
export interface ReplayPreview {
  readonly stream: string;
  /** How many rows of it could be replayed. */
  readonly parked: number;
  /** How many of them, the first, were tried. */
  readonly tried: number;
  readonly taken: number;
  /** Why not, of the others; `row` is the place among those tried, counted from 1. */
  readonly rejects: MapPreview['rejects'];
}

const MOST_ROWS = 50;
/** What a preview of a mapping takes at once. */
const MOST_CHARACTERS = 900_000;

/**
 * Maps the first rows that a source's syncs have set aside as its mapping is now, and stores nothing. Throws
 * `invalid` where the mapping does not fit its dataset any more.
 */
export async function previewReplay(session: Session, source: SourceView): Promise<ReplayPreview[]> {
  const previews: ReplayPreview[] = [];
  for (const stream of Object.keys(source.streams)) {
    const { parked, payloads } = await asMember(session, (tx) => parkedOf(tx, source.id, stream));
    const rows = fitting(payloads);
    if (rows.length === 0) continue;
    const { rejects } = await previewMapping(session, source.sourceType, asked(source, stream, rows));
    const taken = rows.length - new Set(rejects.map(({ row }) => row)).size;
    previews.push({ stream, parked, tried: rows.length, taken, rejects });
  }
  return previews;
}

function asked({ streams }: SourceView, stream: string, rows: readonly string[]) {
  return mapPreviewInput.parse({ stream, ...streams[stream], rows: `[${rows.join(',')}]` });
}

async function parkedOf({ db }: Tx, sourceId: string, stream: string) {
  const parked = db
    .selectFrom('sync_rejects')
    .where('source_id', '=', sourceId)
    .where('stream', '=', stream)
    .where('resolved_at', 'is', null)
    .where('replayable', '=', true);
  const { count } = await parked
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  const first = await parked.select('payload').orderBy('id').limit(MOST_ROWS).execute();
  return { parked: Number(count), payloads: first.map(({ payload }) => payload) };
}

/** As many of the first as fit together. */
function fitting(payloads: readonly string[]): string[] {
  let characters = 0;
  return payloads.filter((payload) => {
    characters += payload.length + 1;
    return characters <= MOST_CHARACTERS;
  });
}
