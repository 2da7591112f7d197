import type { Client } from '#tests/api/client.ts';
import { completed, type Made, make, startSync } from '#tests/api/furnish.ts';
import { asOperator } from './operator.ts';

/** Ids of what there is to look at. */
export interface Furnished {
  readonly healthy: string;
  /** The run of the healthy one. */
  readonly runId: string;
  readonly failing: string;
  /** A source from which so many rows are gone that their delete is held, and with a conflict. */
  readonly thinned: string;
  readonly deletionId: string;
  /** The row of the conflict. */
  readonly editedKey: string;
  /** A source whose rows are all set aside, and a dry run of it as it was mapped before. */
  readonly rejected: string;
  readonly dryRunId: string;
  readonly exportId: string;
  readonly jobId: string;
  readonly failedJobId: string;
}

const columns = [
  { name: 'iata', label: 'Code', type: 'text' },
  { name: 'name', label: 'Airport', type: 'text' },
  { name: 'city', label: 'City', type: 'text' },
  { name: 'state', label: 'State', type: 'text' },
  { name: 'country', label: 'Country', type: 'text' },
  { name: 'latitude', label: 'Latitude', type: 'decimal' },
  { name: 'longitude', label: 'Longitude', type: 'decimal' },
];
const rateLimits = [
  { calls: 30, seconds: 3_600 },
  { calls: 1_000, seconds: 86_400 },
];
const EDITED_KEY = '00M';
const fields = Object.fromEntries(columns.map(({ name }) => [name, name]));

/** A workspace in use, of real airports: sources that are well and that are not, an export with its file. */
export async function furnishAirports(client: Client, url: string, key: string): Promise<Furnished> {
  await make(client, '/api/datasets', { name: 'airports', label: 'Airports', key: ['iata'], columns });
  const source = {
    sourceType: 'csv',
    displayName: 'Airports',
    config: { url: `${url}/airports.csv` },
    credentials: { headers: { 'x-key': key } },
    streams: { rows: { dataset: 'airports', fields } },
  };
  const { id: healthy } = await make<Made>(client, '/api/connectors/sources', { ...source, rateLimits });
  const { runId, jobId: syncJobId } = await startSync(client, healthy);
  await completed(client, syncJobId);
  const locked = { ...source, displayName: 'Airports without their key', credentials: null };
  const { id: failing } = await make<Made>(client, '/api/connectors/sources', locked);
  const { jobId: failedJobId } = await startSync(client, failing);
  await completed(client, failedJobId).catch(() => undefined);
  await addView(client);
  const { thinned, deletionId } = await thin(client, source, url);
  const { rejected, dryRunId } = await reject(client, source, url);
  const editedKey = EDITED_KEY;
  const { id: exportId } = await make<Made>(client, '/api/exports', {
    name: 'Airports of Alaska',
    dataset: 'airports',
    filter: { field: 'state', op: 'eq', value: 'AK' },
    format: { type: 'csv' },
  });
  const { jobId } = await make<{ jobId: string }>(client, `/api/exports/${exportId}/run`, undefined, 202);
  await completed(client, jobId);
  const ofSources = {
    healthy,
    runId,
    failing,
    failedJobId,
    thinned,
    deletionId,
    editedKey,
    rejected,
    dryRunId,
  };
  return { ...ofSources, exportId, jobId };
}

/** A view of the operator's own, and one that cannot be a dataset. */
async function addView(client: Client) {
  await asOperator(`
    create schema if not exists shop;
    grant usage on schema shop to entrepot_member;
    create or replace view shop.tables_at_hand with (security_invoker = true) as
      select workspace_id, name, label, columns from public.datasets;
    grant select on shop.tables_at_hand to entrepot_member;
    create or replace view shop.open_to_all as select * from public.vendors;
  `);
  const view = 'shop.tables_at_hand';
  await make(client, '/api/datasets', {
    kind: 'view',
    name: 'tables_at_hand',
    label: 'Tables at hand',
    view,
  });
}

/** A source of 20 airports, of which a dry run shows all, and a sync with a wrong mapping takes none. */
async function reject(client: Client, source: object, url: string) {
  const config = { url: `${url}/airports.csv?lines=21` };
  const twenty = { ...source, displayName: 'Twenty airports', config };
  const { id } = await make<Made>(client, '/api/connectors/sources', twenty);
  const { runId, jobId } = await startSync(client, id, { dryRun: true });
  await completed(client, jobId);
  const streams = { rows: { dataset: 'airports', fields: { ...fields, latitude: 'city' } } };
  await client('PATCH', `/api/connectors/sources/${id}`, { streams });
  await completed(client, (await startSync(client, id)).jobId);
  return { rejected: id, dryRunId: runId };
}

/** A source of 40 airports that has lost 12 of them between two syncs, and writes one otherwise than it was edited. */
async function thin(client: Client, source: object, url: string) {
  const lines = (count: number) => ({ url: `${url}/airports.csv?lines=${count}` });
  const forty = { ...source, displayName: 'Forty airports', config: lines(41), conflictPolicy: 'ask' };
  const { id } = await make<Made>(client, '/api/connectors/sources', forty);
  await completed(client, (await startSync(client, id)).jobId);
  const row = { sourceId: id, stream: 'rows', externalId: EDITED_KEY };
  await make(
    client,
    '/api/datasets/airports/rows/edits',
    { row, fields: { city: 'Springs of the bay' } },
    200,
  );
  const upper = { ...fields, city: { from: 'city', transform: ['upper'] } };
  const streams = { rows: { dataset: 'airports', fields: upper } };
  await client('PATCH', `/api/connectors/sources/${id}`, { config: lines(29), streams });
  await completed(client, (await startSync(client, id)).jobId);
  const { json } = await client('GET', `/api/connectors/sources/${id}/deletions?status=held`);
  const [held] = (json as { items: Made[] }).items;
  if (!held) throw new Error('no delete was held');
  return { thinned: id, deletionId: held.id };
}
