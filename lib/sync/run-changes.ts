import { sql } from 'kysely';
import { z } from 'zod';
import type { Session } from '#lib/auth/session.ts';
import type { Column } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { changeOperation, fieldChanges, insertedFields } from '#lib/datasets/changes.ts';
import { tableOf } from '#lib/datasets/place.ts';
import { allDatasets, type Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { type ListPage, type ListQuery, pageOf } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { getRun } from '#lib/sources/runs.ts';

/** What a run did to a row, or in a dry run would do. */
export const changeView = z
  .object({
    dataset: z.string(),
    stream: z.string(),
    externalId: z.string(),
    operation: changeOperation,
    fields: fieldChanges,
  })
  .meta({ id: 'Change' });
export type ChangeView = Readonly<z.infer<typeof changeView>>;

/** Where a list goes on: after a stored change, or after an inserted row of a revision. */
const position = z.union([
  z.strictObject({ change: z.string() }),
  z.strictObject({ dataset: z.guid(), revision: z.string(), key: z.string() }),
]);
type Position = z.infer<typeof position>;

/**
 * What a run changed: updates, deletes and returns in their order, then the rows that it inserted as they are now.
 * Kept for 90 days. Throws `not_found`, and `bad_request` for a cursor that no list gave.
 */
export async function listChanges(
  session: Session,
  sourceId: string,
  runId: string,
  { limit, cursor }: ListQuery,
): Promise<ListPage<ChangeView>> {
  const after = positionOf(cursor);
  await getRun(session, sourceId, runId);
  const found = await asMember(session, async (tx) => {
    const datasets = new Map((await allDatasets(tx)).map((dataset) => [dataset.id, dataset]));
    const changes = after && 'key' in after ? [] : await storedChanges(tx, runId, after, limit + 1);
    const inserted = await insertions(tx, runId, datasets, after, limit + 1 - changes.length);
    return [...changes, ...inserted].map(({ datasetId, ...change }) => ({
      ...change,
      view: { ...change.view, dataset: datasets.get(datasetId)?.name ?? '' },
    }));
  });
  const { items, nextCursor } = pageOf(found, limit, ({ position }) => cursorOf(position));
  return { items: items.map(({ view }) => view), nextCursor };
}

interface Found {
  readonly datasetId: string;
  readonly position: Position;
  readonly view: Omit<ChangeView, 'dataset'>;
}

async function storedChanges(
  { db }: Tx,
  runId: string,
  after: { readonly change: string } | undefined,
  limit: number,
): Promise<Found[]> {
  const rows = await db
    .selectFrom('sync_changes')
    .select(['id', 'dataset_id as datasetId', 'stream', 'external_id as externalId', 'operation', 'fields'])
    .where('run_id', '=', runId)
    .$if(after !== undefined, (query) => query.where('id', '>', after?.change ?? ''))
    .orderBy('id')
    .limit(limit)
    .$castTo<Found['view'] & { id: string; datasetId: string }>()
    .execute();
  return rows.map(({ id, datasetId, ...view }) => ({ datasetId, position: { change: id }, view }));
}

/** The revisions of a run are few, each of one dataset. */
async function insertions(
  tx: Tx,
  runId: string,
  datasets: ReadonlyMap<string, Dataset>,
  after: Position | undefined,
  limit: number,
): Promise<Found[]> {
  const start = after && 'key' in after ? after : undefined;
  const found: Found[] = [];
  for (const revision of await revisionsOf(tx, runId, start)) {
    const dataset = datasets.get(revision.datasetId);
    if (found.length >= limit) break;
    const key =
      start?.revision === revision.revision && start.dataset === revision.datasetId ? start.key : null;
    if (dataset) found.push(...(await insertedRows(tx, dataset, revision, key, limit - found.length)));
  }
  return found;
}

interface Revision {
  readonly datasetId: string;
  readonly revision: string;
  readonly sourceId: string;
  readonly stream: string;
}

async function revisionsOf(
  { db }: Tx,
  runId: string,
  start: Exclude<Position, { change: string }> | undefined,
) {
  const { rows } = await sql<Revision>`
    select dataset_id as "datasetId", revision, source_id as "sourceId", stream from public.sync_revisions
    where run_id = ${runId} and (${start === undefined} or (dataset_id, revision) >=
      (${start?.dataset ?? null}::uuid, ${start?.revision ?? null}::bigint))
    order by dataset_id, sync_revisions.revision
  `.execute(db);
  return rows;
}

const unmapped: Column = { name: 'extra', type: 'json' };

async function insertedRows(
  { db }: Tx,
  dataset: Dataset,
  { datasetId, revision, sourceId, stream }: Revision,
  after: string | null,
  limit: number,
): Promise<Found[]> {
  const { rows } = await sql<{ key: string; fields: ChangeView['fields'] }>`
    select t.external_id as key, ${insertedFields('t', [...dataset.columns, unmapped])} as fields
    from ${tableOf(dataset)} t
    where t.workspace_id = (select private.current_workspace()) and t.source_id = ${sourceId} and t.stream = ${stream}
      and t.created_revision = ${revision} and (${after === null} or t.external_id > ${after})
    order by t.external_id limit ${limit}
  `.execute(db);
  return rows.map(({ key, fields }) => ({
    datasetId,
    position: { dataset: datasetId, revision, key },
    view: { stream, externalId: key, operation: 'inserted', fields },
  }));
}

function cursorOf(at: Position): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

function positionOf(cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new EntrepotError('bad_request', 'This cursor is not one that this list gave.', { cause });
  }
}
