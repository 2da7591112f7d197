import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { Session } from '#lib/auth/session.ts';
import type { Column } from '#lib/core/columns.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { sweep } from '#lib/jobs/sweep.ts';
import type { Timings } from '#lib/jobs/timings.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { createSource } from '#lib/sources/sources.ts';
import type { SyncResult } from '#lib/sync/run.ts';
import { startSync } from '#lib/sync/start.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import type { JobRow } from '#tests/support/job-watch.ts';
import { signUp } from '#tests/support/people.ts';
import { startPgbouncer } from '#tests/support/pgbouncer.ts';
import { type Stack, startStack } from '#tests/support/run-jobs.ts';
import { startTestS3, type TestS3 } from '#tests/support/s3.ts';

/** Rows by a superuser, who sees everything; booleans, numbers and times as `pg` has them. */
export async function look<Row>(
  database: Pick<TestDatabase, 'adminUrl'>,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client(database.adminUrl);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** A new user, signed in as the owner of a workspace of their own. */
export async function newOwner(database: Pick<TestDatabase, 'adminUrl'>): Promise<Session> {
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  try {
    return await signUp(admin);
  } finally {
    await admin.end();
  }
}

/** A made dataset in the session's workspace. */
export async function newDataset(
  session: Session,
  name: string,
  columns: readonly Column[],
  key: readonly string[],
): Promise<Dataset> {
  const definition = JSON.stringify(columns);
  return asMember(session, async (tx) => {
    await sql`select private.create_dataset(${name}, ${name}, ${definition}::jsonb, ${key}::text[])`.execute(
      tx.db,
    );
    return findDataset(tx, name);
  });
}

/** A source of the session's workspace, and a run of it that nobody works on. */
export async function newRun(
  { adminUrl }: Pick<TestDatabase, 'adminUrl'>,
  { workspaceId }: Session,
): Promise<{ sourceId: string; runId: string }> {
  const [run] = await look<{ sourceId: string; runId: string }>(
    { adminUrl },
    `with source as (
       insert into external_data_sources (workspace_id, source_type, display_name, config)
       values ($1, 'csv', 'Source', '{}') returning id)
     insert into sync_runs (workspace_id, source_id, trigger, mode, mapping_version)
     select $1, id, 'manual', 'full', 1 from source returning source_id as "sourceId", id as "runId"`,
    [workspaceId],
  );
  if (!run) throw new Error('no run was made');
  return run;
}

/** What a source answers: bytes at once, chunks that are made while they are read, or a refusal. */
export type Body =
  | string
  | Uint8Array
  | (() => AsyncIterable<Uint8Array | string>)
  | { readonly status: number; readonly headers: Record<string, string> };

/** An HTTP server whose paths are set by the test; anything else is 404. */
export interface SourceServer {
  readonly url: string;
  readonly bodies: Map<string, Body>;
  readonly requests: IncomingMessage[];
  close(): void;
}

async function startSourceServer(): Promise<SourceServer> {
  const bodies = new Map<string, Body>();
  const requests: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    requests.push(request);
    const body = bodies.get((request.url ?? '').replace(/\?.*$/, ''));
    if (body === undefined) return void response.writeHead(404).end();
    if (typeof body === 'object' && 'status' in body) {
      return void response.writeHead(body.status, body.headers).end();
    }
    if (typeof body !== 'function') return void response.end(body);
    await pipeline(body, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A database, storage, queue and workers, a source server, and the owner of a workspace. */
export interface Ground extends Stack {
  readonly database: TestDatabase;
  readonly storage: TestS3;
  readonly source: SourceServer;
  readonly session: Session;
}

type GroundOptions = Parameters<typeof startStack>[1] & { readonly pooled?: boolean };

export async function prepareGround({ pooled, ...options }: GroundOptions = {}): Promise<Ground> {
  const database = await createTestDatabase();
  const pooler = pooled ? await startPgbouncer(database) : undefined;
  const storage = await startTestS3();
  const source = await startSourceServer();
  const stack = await startStack(
    { ...database, ...pooler },
    {
      ...options,
      environment: {
        ARTIFACT_S3_ENDPOINT: storage.endpoint,
        ARTIFACT_S3_ACCESS_KEY_ID: 'key',
        ARTIFACT_S3_SECRET_ACCESS_KEY: 'secret',
        ...options.environment,
      },
    },
  );
  return {
    ...stack,
    database,
    storage,
    source,
    session: await newOwner(database),
    async close() {
      await stack.close();
      await pooler?.close();
      source.close();
      storage.close();
      await database.drop();
    },
  };
}

/** Sweeps as the cron does, some hundred times as often; gives what ends that. */
export function keepSweeping(timings: Timings, everyMs = 300): () => Promise<void> {
  const over = new AbortController();
  const sweeping = (async () => {
    while (!over.signal.aborted) {
      // What one could not do, the next does.
      await sweep(timings).catch(() => undefined);
      await sleep(everyMs);
    }
  })();
  return () => {
    over.abort();
    return sweeping;
  };
}

export interface Mapped {
  readonly sourceType: 'csv' | 'excel' | 'json';
  readonly config: Readonly<Record<string, unknown>>;
  readonly dataset: string;
  readonly fields: FieldMapping;
  readonly credentials?: unknown;
}

/** A source whose one stream goes into a dataset; gives its id. */
export async function newSource(
  session: Session,
  { sourceType, config, dataset, fields, credentials }: Mapped,
): Promise<string> {
  const streams = { rows: { dataset, fields } };
  const input = {
    sourceType,
    displayName: 'Source',
    config,
    streams,
    ...(credentials ? { credentials } : {}),
  };
  return (await createSource(session, sourceInput.parse(input))).id;
}

const partTypes = { sku: 'text', name: 'text', price: 'decimal', listed: 'timestamp' } as const;

/** Sources of parts, whose columns are mapped by their names; each has a path of the source server to itself. */
export interface Parts {
  readonly dataset: Dataset;
  newSource(body: Body, options?: Partial<Omit<Mapped, 'credentials'>>): Promise<PartsSource>;
}

export interface PartsSource {
  readonly id: string;
  /** Puts another body in place of what the source has. */
  serve(body: Body): void;
  rows<Row = Record<string, unknown>>(): Promise<Row[]>;
  /** Syncs it; gives the counts that are not zero. */
  counts(): ReturnType<typeof syncCounts>;
}

/** A dataset `parts` of these columns, known by the first. */
export async function newParts(ground: Ground, ...names: (keyof typeof partTypes)[]): Promise<Parts> {
  const columns = names.map((name) => ({ name, type: partTypes[name] }));
  const dataset = await newDataset(ground.session, 'parts', columns, names.slice(0, 1));
  const fields = Object.fromEntries(names.map((name) => [name, name]));
  let made = 0;
  return {
    dataset,
    async newSource(body, { config, ...options } = {}) {
      made += 1;
      const path = `/${dataset.id}-${made}`;
      const serve = (next: Body) => void ground.source.bodies.set(path, next);
      serve(body);
      const id = await newSource(ground.session, {
        sourceType: 'csv',
        config: { url: ground.source.url + path, ...config },
        dataset: 'parts',
        fields,
        ...options,
      });
      return { id, serve, rows: () => rowsOf(ground, dataset, id), counts: () => syncCounts(ground, id) };
    },
  };
}

/** Starts a sync and waits for its end. */
export async function sync(ground: Ground, sourceId: string, session = ground.session): Promise<JobRow> {
  const { runs } = await startSync(session, { sourceId, mode: 'full' });
  return ground.jobDone(runs[0]?.jobId ?? '', 120_000);
}

/** The counts of a sync that must have completed, those that are not zero. */
export async function syncCounts(ground: Ground, sourceId: string, session = ground.session) {
  const job = await sync(ground, sourceId, session);
  if (job.status !== 'completed') throw new Error(`the sync ended as ${JSON.stringify(job)}`);
  const { streams: _, ...counts } = job.result as SyncResult;
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

/** A dataset's live rows of one source, in the order of their keys, with all their columns. */
export function rowsOf<Row = Record<string, unknown>>(
  { database }: Pick<Ground, 'database'>,
  { table }: Dataset,
  sourceId: string,
): Promise<Row[]> {
  return look<Row>(
    database,
    `select *, xmin::text || ctid::text as row_version from ${table.schema}.${table.name}
     where source_id = $1 and deleted_at is null order by external_id`,
    [sourceId],
  );
}
