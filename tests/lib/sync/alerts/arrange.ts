import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Session } from '#lib/auth/session.ts';
import type { HealthState } from '#lib/sources/health.ts';
import { getSource, updateSource } from '#lib/sources/sources.ts';
import { saveProfile } from '#lib/workspaces/profile.ts';
import {
  type Body,
  newDataset,
  newSource,
  prepareGround as prepareSyncs,
  type Ground as SyncGround,
  sync,
} from '#tests/lib/sync/arrange.ts';
import { join, signUp } from '#tests/support/people.ts';
import { type MailServer, startMailServer } from '#tests/support/smtp.ts';

/** A source of a CSV file, under a name of its own. */
export interface Source {
  readonly id: string;
  readonly name: string;
  serve(next: Body): void;
}

interface AlertRow {
  readonly id: string;
  readonly status: string;
  readonly due: boolean;
}

/** A workspace with two owners who want to be told, one who does not, and an editor; and the mail server. */
export interface Ground extends SyncGround {
  readonly mailServer: MailServer;
  readonly admin: pg.Client;
  /** The addresses of both owners who want to be told, in order. */
  readonly told: readonly string[];
  /** A new source of that file. */
  csv(body?: Body): Promise<Source>;
  /** A source that was synced every hour until it fell silent three hours ago. */
  fallenSilent(): Promise<Source>;
  /** Syncs a source and waits until it is found to be so, which is after the job's end. */
  syncUntil(of: Source, health: HealthState): Promise<void>;
  healthOf(of: Source): Promise<HealthState>;
  /** Writes to a source's row past everybody. */
  write(of: Source, assignment: string): Promise<void>;
  alertJobs(of: Source): Promise<AlertRow[]>;
  /** What has been mailed about a source once every mail that was to be sent was: to whom, by subject. */
  mailed(of: Source): Promise<Record<string, string[]>>;
}

export const rows = (count: number) =>
  ['sku', ...Array.from({ length: count }, (_, n) => `k${n}`), ''].join('\n');
export const broken = { status: 404, headers: {} };

/** The subjects of mails, as they follow the name of the source. */
export const subjects = {
  failed: 'could not be synced',
  late: 'is late',
  silent: 'is not being synced any more',
  unusual: 'gave far more or fewer rows than usual',
  recovered: 'is well again',
} as const;

export async function prepareGround(): Promise<Ground> {
  const mailServer = await startMailServer();
  const ground = await prepareSyncs({ environment: { SMTP_URL: mailServer.url } });
  const { session } = ground;
  const admin = new pg.Client(ground.database.adminUrl);
  await admin.connect();
  await newDataset(session, 'parts', [{ name: 'sku', type: 'text' }], ['sku']);
  return {
    ...ground,
    ...sourcesOf(ground, admin),
    ...mailsOf(ground, admin, mailServer),
    mailServer,
    admin,
    told: await arrangePeople(session, admin),
    async close() {
      await admin.end();
      await ground.close();
      await mailServer.close();
    },
  };
}

async function arrangePeople(session: Session, admin: pg.Client): Promise<string[]> {
  const comes = async (role: 'owner' | 'editor') =>
    join(admin, (await signUp(admin)).userId, session.workspaceId, role);
  const second = await comes('owner');
  await saveProfile(await comes('owner'), { displayName: null, timeZone: null, alertMails: false });
  await comes('editor');
  return [session, second].map(({ userId }) => `${userId}@example.com`).sort();
}

function sourcesOf(ground: SyncGround, admin: pg.Client) {
  const { session } = ground;
  const write = async ({ id }: Source, assignment: string) => {
    await admin.query(`update external_data_sources set ${assignment} where id = $1`, [id]);
  };
  const healthOf = async ({ id }: Source) => (await getSource(session, id)).health;
  const csv = async (body: Body = rows(1)): Promise<Source> => {
    const name = `Parts ${randomUUID()}`;
    const path = `/${encodeURIComponent(name)}.csv`;
    const serve = (next: Body) => void ground.source.bodies.set(path, next);
    serve(body);
    const config = { url: ground.source.url + path };
    const id = await newSource(session, {
      sourceType: 'csv',
      config,
      dataset: 'parts',
      fields: { sku: 'sku' },
    });
    await updateSource(session, id, { displayName: name });
    return { id, name, serve };
  };
  return {
    write,
    healthOf,
    csv,
    async fallenSilent() {
      const of = await csv();
      await updateSource(session, of.id, { syncFrequency: 'hourly' });
      const past = "now() - interval '3 hours'";
      const times = `next_sync_at = ${past}, last_sync_at = ${past}, scheduled_at = ${past}`;
      await write(of, `sync_status = 'completed', ${times}`);
      return of;
    },
    async syncUntil(of: Source, health: HealthState) {
      await sync(ground, of.id);
      while ((await healthOf(of)) !== health) await sleep(20);
    },
  };
}

function mailsOf(ground: SyncGround, admin: pg.Client, { mails }: MailServer) {
  const alertJobs = async ({ id }: Source) => {
    const jobs = await admin.query<AlertRow>(
      `select id, status, due_at <= now() as due from jobs
       where kind = 'alert' and payload ->> 'sourceId' = $1 order by created_at`,
      [id],
    );
    return jobs.rows;
  };
  return {
    alertJobs,
    async mailed(of: Source) {
      for (const { id } of await alertJobs(of)) await ground.jobDone(id);
      const sent: Record<string, string[]> = {};
      for (const { email, recipients } of mails) {
        if (!email.subject?.startsWith(of.name)) continue;
        const about = email.subject.slice(of.name.length + 1);
        sent[about] = [...(sent[about] ?? []), ...recipients].sort();
      }
      return sent;
    },
  };
}
