import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '#tests/api/client.ts';

/** One of everything that a workspace can have, made through the API. */
export interface Belongings {
  readonly dataset: string;
  readonly sourceId: string;
  readonly runId: string;
  readonly jobId: string;
  /** A source that has lost a row, and its deletion. */
  readonly thinnedId: string;
  readonly deletionId: string;
  /** A source that has not been synced. */
  readonly idleId: string;
  readonly exportId: string;
  /** An export that has not been run. */
  readonly batchedId: string;
  readonly templateId: string;
  readonly artifactId: string;
  readonly keyId: string;
  /** The signed link, as the job gives it. */
  readonly link: string;
}

/** A server of CSV files on loopback, the last row left out at `?fewer`; 401 unless `authorized` likes the request. */
export async function serveCsv(
  csv: string,
  authorized: (headers: Record<string, unknown>) => boolean = () => true,
): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const body = request.url?.endsWith('?fewer') ? csv.replace(/[^\n]+\n?$/, '') : csv;
    if (authorized(request.headers)) response.writeHead(200, { 'content-type': 'text/csv' }).end(body);
    else response.writeHead(401).end('wrong credentials');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rows.csv`, server };
}

export const datasetNamed = (name: string) => ({
  name,
  label: name,
  key: ['code'],
  columns: [
    { name: 'code', type: 'text' },
    { name: 'title', type: 'text' },
  ],
});

export const sourceInto = (dataset: string, url: string) => ({
  sourceType: 'csv',
  displayName: `Rows of ${dataset}`,
  config: { url },
  streams: { rows: { dataset, fields: { code: 'code', title: 'title' } } },
});

export const exportOf = (dataset: string) => ({
  name: `All of ${dataset}`,
  dataset,
  columns: [{ source: 'code' }, { source: 'title' }],
  format: { type: 'csv' },
});

/** Makes a dataset, a source into it, a sync, an export and a file, and waits until they are there. */
export async function furnish(client: Client, dataset: string, url: string): Promise<Belongings> {
  await make(client, '/api/datasets', datasetNamed(dataset));
  const { id: sourceId } = await make<Made>(client, '/api/connectors/sources', sourceInto(dataset, url));
  const { runId, jobId } = await startSync(client, sourceId);
  await completed(client, jobId);
  const { thinnedId, deletionId } = await thin(client, `${dataset}_thin`, url);
  const { id: idleId } = await make<Made>(client, '/api/connectors/sources', sourceInto(dataset, url));
  const { id: exportId } = await make<Made>(client, '/api/exports', exportOf(dataset));
  const { id: batchedId } = await make<Made>(client, '/api/exports', exportOf(dataset));
  const template = { name: `As ${dataset}`, exportId };
  const { id: templateId } = await make<Made>(client, '/api/exports/templates', template);
  const run = await make<{ jobId: string }>(client, `/api/exports/${exportId}/run`, undefined, 202);
  const [file] = (await completed(client, run.jobId)).artifacts ?? [];
  if (!file) throw new Error('the export made no file');
  const { id: keyId } = await make<Made>(client, '/api/api-keys', { name: dataset, scope: 'read' });
  const sources = { sourceId, runId, jobId, thinnedId, deletionId, idleId };
  return { dataset, ...sources, exportId, batchedId, templateId, artifactId: file.id, keyId, link: file.url };
}

/** A source that has lost a row between two syncs. */
async function thin(client: Client, dataset: string, url: string) {
  await make(client, '/api/datasets', datasetNamed(dataset));
  const { id } = await make<Made>(client, '/api/connectors/sources', sourceInto(dataset, url));
  await completed(client, (await startSync(client, id)).jobId);
  await client('PATCH', `/api/connectors/sources/${id}`, { config: { url: `${url}?fewer` } });
  await completed(client, (await startSync(client, id)).jobId);
  const { json } = await client('GET', `/api/connectors/sources/${id}/deletions`);
  const [deletion] = (json as { items: Made[] }).items;
  if (!deletion) throw new Error('nothing was deleted');
  return { thinnedId: id, deletionId: deletion.id };
}

/** Starts a sync of one source, or a dry run. */
export async function startSync(
  client: Client,
  sourceId: string,
  how: { readonly dryRun?: boolean } = {},
): Promise<{ runId: string; jobId: string }> {
  const path = '/api/external/sync';
  const { runs } = await make<{ runs: { runId: string; jobId: string }[] }>(
    client,
    path,
    { sourceId, ...how },
    202,
  );
  if (!runs[0]) throw new Error('no sync was started');
  return runs[0];
}

/** What a job gave, once it has completed. */
export async function completed(client: Client, jobId: string): Promise<JobResult> {
  for (;;) {
    const { json, text } = await client('GET', `/api/jobs/${jobId}`);
    const job = json as { status: string; result: JobResult };
    if (job.status === 'completed') return job.result;
    if (job.status !== 'queued' && job.status !== 'running') throw new Error(text);
    await sleep(200);
  }
}

interface JobResult {
  readonly read?: number;
  readonly artifacts?: readonly { readonly id: string; readonly url: string }[];
}

/** Posts what must be taken, and answers what came of it. */
export async function make<Result>(
  client: Client,
  path: string,
  body: unknown,
  status = 201,
): Promise<Result> {
  const answer = await client('POST', path, body);
  if (answer.status !== status) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.json as Result;
}

export interface Made {
  readonly id: string;
}
