import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { ColumnsSeen } from './columns-seen.ts';

/** One reading of a stream from its start to its end: where it stands. */
export interface Pass {
  readonly sourceId: string;
  readonly stream: string;
  readonly runId: string;
  /** The bookmark that it began at; null where it reads everything. */
  readonly since: unknown;
  /** Null until the first page, or the spool of all pages, is there. */
  readonly cursor: unknown;
  /** The dataset's revision when the pass began: rows above it were written by the pass itself. */
  readonly fromRevision: string;
  /** When it began; ISO 8601. */
  readonly startedAt: string;
  /** The names of the source's columns as far as they have been seen; null before any. */
  readonly columns: readonly string[] | null;
  /** Those that every row of the last full pass had, and of this one so far; null where that is not known. */
  readonly steady: readonly string[] | null;
  readonly steadySoFar: readonly string[] | null;
  /** How many pages are stored, and how many of their rows nobody can tell by a key. */
  readonly pages: number;
  readonly nameless: number;
  /** The last page was provably the end of everything that the source holds. */
  readonly complete: boolean;
  /** It came to the end, and what two such passes in a row do not see is not there. */
  readonly toBeRepeated: boolean;
  /** No pages are left. */
  readonly ended: boolean;
  /** The pass as which the cache keeps this one, or out of which it is read; null for neither. */
  readonly cachePass: string | null;
  /** When what it is read out of was answered; ISO 8601, null where it is read from the source. */
  readonly cachedAt: string | null;
}

/** When the source was asked for what the pass reads, ISO 8601: the version of rows that say none. */
export function askedAt({ cachedAt, startedAt }: Pass): string {
  return cachedAt ?? startedAt;
}

type PassKey = Pick<Pass, 'sourceId' | 'stream' | 'runId'>;

/** What a pass is read with: a bookmark holds for the same mapping and config only. */
export interface PassVersions {
  readonly mappingVersion: number;
  readonly configVersion: number;
}

const columns = [
  'since',
  'cursor',
  'from_revision as fromRevision',
  'started_at as startedAt',
  'pages',
  'nameless',
  'complete',
  'to_be_repeated as toBeRepeated',
  'cache_pass as cachePass',
  'cached_at as cachedAt',
] as const;

const names = sql<readonly string[] | null>;

/** The run's pass of a stream, where it has begun one. */
export async function findPass({ db }: Tx, key: PassKey): Promise<Pass | undefined> {
  const row = await db
    .selectFrom('sync_cursors')
    .select(columns)
    .select(({ eb }) => eb('ended_at', 'is not', null).as('ended'))
    .select([
      names`columns`.as('columns'),
      names`steady`.as('steady'),
      names`steady_so_far`.as('steadySoFar'),
    ])
    .where('source_id', '=', key.sourceId)
    .where('stream', '=', key.stream)
    .where('run_id', '=', key.runId)
    .executeTakeFirst();
  return row && { ...key, ...row, ended: Boolean(row.ended) };
}

interface PassStart extends PassVersions {
  readonly workspaceId: string;
  readonly datasetId: string;
  /** Whether the pass may begin at the bookmark, where there is a valid one. */
  readonly incremental: boolean;
}

/** Begins a pass, in place of the stream's last one; what an earlier try of the same run set aside is gone. */
export async function startPass({ db }: Tx, key: PassKey, start: PassStart): Promise<Pass> {
  await db
    .deleteFrom('sync_rejects')
    .where('run_id', '=', key.runId)
    .where('stream', '=', key.stream)
    .execute();
  const { mappingVersion, configVersion } = start;
  const since = sql`case when ${start.incremental}::boolean and c.bookmark_mapping_version = ${mappingVersion}
    and c.bookmark_config_version = ${configVersion} then c.bookmark end`;
  const started = await sql<Omit<Pass, keyof PassKey | 'ended' | 'cachePass' | 'cachedAt'>>`
    insert into public.sync_cursors as c
      (source_id, stream, workspace_id, run_id, mapping_version, config_version, from_revision)
    select ${key.sourceId}, ${key.stream}, ${start.workspaceId}, ${key.runId}, ${mappingVersion}, ${configVersion},
      d.revision
    from public.datasets d where d.id = ${start.datasetId}
    on conflict (source_id, stream) do update set run_id = excluded.run_id,
      mapping_version = excluded.mapping_version, config_version = excluded.config_version,
      from_revision = excluded.from_revision, since = ${since}, cursor = null, reached = null,
      steady = case when c.config_version = excluded.config_version then c.steady end, steady_so_far = null,
      started_at = now(), cache_pass = null, cached_at = null, ended_at = null, complete = false, to_be_repeated = false,
      pages = 0, nameless = 0
    returning since, cursor, from_revision as "fromRevision", started_at as "startedAt", columns, steady,
      steady_so_far as "steadySoFar", pages, nameless, complete,
      to_be_repeated as "toBeRepeated"
  `.execute(db);
  const [row] = started.rows;
  if (!row) throw new Error(`dataset ${start.datasetId} is not there`);
  return { ...key, ...row, ended: false, cachePass: null, cachedAt: null };
}

/** What a page moves its pass by. */
export interface Step {
  readonly cursor: unknown;
  /** That was provably everything. */
  readonly complete?: boolean;
  readonly toBeRepeated?: boolean;
  /** Where the next incremental pass may begin once this one has ended. */
  readonly bookmark?: unknown;
  /** Rows that nobody can tell by a key. */
  readonly nameless?: number;
  /** What is known of the source's columns by now. */
  readonly seen?: Pick<ColumnsSeen, 'columns' | 'steady'> | undefined;
}

/** Notes where to go on, in the transaction of what lies before it. */
export async function movePass({ db }: Tx, pass: Pass, step: Step): Promise<Pass> {
  const moved = {
    cursor: step.cursor,
    complete: step.complete ?? false,
    toBeRepeated: step.toBeRepeated ?? false,
    pages: pass.pages + 1,
    nameless: pass.nameless + (step.nameless ?? 0),
  };
  const { toBeRepeated, ...stored } = moved;
  await update(db, pass)
    .set({
      ...stored,
      to_be_repeated: toBeRepeated,
      cursor: JSON.stringify(step.cursor),
      ...(step.bookmark !== undefined && { reached: JSON.stringify(step.bookmark) }),
      ...(step.seen && storedColumns(pass, step.seen)),
    })
    .execute();
  return { ...pass, ...moved };
}

/** A few changed rows need not have every column, so what an earlier pass has seen counts too. */
function storedColumns({ since }: Pass, { columns, steady }: Pick<ColumnsSeen, 'columns' | 'steady'>) {
  const names = JSON.stringify(columns);
  if (since === null) return { columns: names, steady_so_far: steady && JSON.stringify(steady) };
  const added = sql`(
    select jsonb_agg(name order by place) from jsonb_array_elements(${names}::jsonb) with ordinality as n (name, place)
    where not coalesce(columns, '[]') @> name)`;
  return { columns: sql<string>`coalesce(columns, '[]') || coalesce(${added}, '[]')` };
}

/** Notes that the body of a spooled stream lies ready. */
export async function noteSpool({ db }: Tx, pass: Pass, cursor: unknown): Promise<Pass> {
  await update(db, pass)
    .set({ cursor: JSON.stringify(cursor) })
    .execute();
  return { ...pass, cursor };
}

/** Has the run read the stream from the start of what it was to read, or of everything where `since` is null. */
export async function restartPass({ db }: Tx, pass: Pass, since: unknown): Promise<Pass> {
  const anew = { cursor: null, pages: 0, nameless: 0 };
  await update(db, pass)
    .set({
      ...anew,
      reached: null,
      steady_so_far: null,
      since: since === null ? null : JSON.stringify(since),
    })
    .execute();
  return { ...pass, ...anew, since };
}

/** Ends a pass; its bookmark is where the next incremental one begins. Not that of a dry run, or out of the cache. */
export async function endPass(
  { db }: Tx,
  pass: Pass,
  { dryRun }: { readonly dryRun: boolean },
): Promise<void> {
  await update(db, pass)
    .set({ ended_at: sql`now()` })
    .$if(!dryRun && pass.cachedAt === null, (query) =>
      query.set({
        bookmark: sql`coalesce(reached, case when since is not null then bookmark end)`,
        bookmark_mapping_version: sql`mapping_version`,
        bookmark_config_version: sql`config_version`,
        ...(pass.since === null && { steady: sql`coalesce(steady_so_far, steady)` }),
        ...(pass.complete && { full_at: sql`started_at` }),
      }),
    )
    .execute();
}

function update(db: Tx['db'], { sourceId, stream, runId }: PassKey) {
  return db
    .updateTable('sync_cursors')
    .where('source_id', '=', sourceId)
    .where('stream', '=', stream)
    .where('run_id', '=', runId);
}
