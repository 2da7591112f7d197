import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { type MapPreview, mapPreviewInput, previewMapping } from './map-preview.ts';
import { listRejects } from './runs.ts';
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
  const counts = await countParked(session, source.id);
  for (const stream of Object.keys(source.streams)) {
    const parked = counts[stream] ?? 0;
    const rows = parked > 0 ? fitting(await firstParked(session, source.id, stream)) : [];
    if (rows.length === 0) continue;
    const { rejects } = await previewMapping(session, source.sourceType, asked(source, stream, rows));
    const taken = rows.length - new Set(rejects.map(({ row }) => row)).size;
    previews.push({ stream, parked, tried: rows.length, taken, rejects });
  }
  return previews;
}

function asked({ streams }: SourceView, stream: string, rows: readonly string[]) {
  const { columns: _, ...mapping } = streams[stream] ?? {};
  return mapPreviewInput.parse({ stream, ...mapping, rows: `[${rows.join(',')}]` });
}

/** How many rows of a source wait to be replayed, by stream; a stream with none is absent. */
export async function countParked(
  session: Session,
  sourceId: string,
): Promise<Readonly<Record<string, number>>> {
  const counts = await asMember(session, ({ db }) =>
    db
      .selectFrom('sync_rejects')
      .select(({ fn }) => ['stream', fn.countAll<string>().as('count')])
      .where('source_id', '=', sourceId)
      .where('resolved_at', 'is', null)
      .where('replayable', '=', true)
      .groupBy('stream')
      .execute(),
  );
  return Object.fromEntries(counts.map(({ stream, count }) => [stream, Number(count)]));
}

async function firstParked(session: Session, sourceId: string, stream: string): Promise<string[]> {
  const of = { sourceId, stream, status: 'open', replayable: true } as const;
  const { items } = await listRejects(session, of, { limit: MOST_ROWS });
  return items.map(({ payload }) => payload);
}

/** As many of the first as fit together. */
function fitting(payloads: readonly string[]): string[] {
  let characters = 0;
  return payloads.filter((payload) => {
    characters += payload.length + 1;
    return characters <= MOST_CHARACTERS;
  });
}
