import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { databaseAddresses } from './addresses.ts';
import { bootstrapDatabase } from './bootstrap.ts';
import { build, changedSources } from './build.ts';
import { type Demo, publishDemo, seedDemo, withdrawDemo } from './demo.ts';
import { applicationEnvironment } from './environment.ts';
import { endLeftovers, forgetAll, remember } from './leftovers.ts';
import { createLifecycle } from './lifecycle.ts';
import { startMailbox } from './mailbox.ts';
import { choosePorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { LocalProblem } from './problem.ts';
import { report, say, timed } from './progress.ts';
import { startQueue } from './queue.ts';
import { loadSecrets, saveSecrets } from './secrets.ts';
import { startSupabaseLite } from './supabase-lite.ts';
import { startWeb, untilHealthy } from './web.ts';

/** All that the stack keeps; another LOCAL_FOLDER and PORT make a second stack beside the first. */
const folder = resolve(process.env.LOCAL_FOLDER || '.local');
const mode = process.argv.includes('--dev') ? 'dev' : 'start';
const lifecycle = createLifecycle(report);

try {
  greet(await lifecycle.start(bringUp));
} catch (error) {
  if (!lifecycle.signal.aborted) report(error);
  await lifecycle.stop(1);
}

/** Starts the parts in the order in which they need each other, and resolves when the application answers. */
async function bringUp(): Promise<Demo> {
  await claimFolder();
  const chosen = await choosePorts(process.env.PORT || '3000');
  const ports = mode === 'dev' ? { ...chosen, jobs: chosen.web } : chosen;
  const secrets = await loadSecrets(folder);
  const { databasePassword: password } = secrets;
  const addresses = databaseAddresses({ port: ports.postgres, password }, 'postgres');
  const environment = applicationEnvironment(ports, addresses, secrets);
  // The demo is seeded by the application's own functions, in this process.
  Object.assign(process.env, environment);

  say('Entrepot starts:');
  await step('Postgres 17', async () => {
    const server = await startPostgres({ folder: join(folder, 'postgres'), port: ports.postgres, password });
    await lifecycle.onStop(server.stop);
    watch('postgres', server);
  });
  await step('Auth, Storage and mailbox', async () => {
    const mailbox = await startMailbox(join(folder, 'mail'), ports.mail);
    await lifecycle.onStop(mailbox.close);
    const objectsFolder = join(folder, 'objects');
    const lite = await startSupabaseLite({
      databaseUrl: addresses.admin,
      port: ports.supabase,
      objectsFolder,
      mail: {
        siteUrl: environment.APP_URL,
        smtpUrl: environment.SMTP_URL,
        from: environment.MAIL_FROM,
      },
      ...secrets,
    });
    await lifecycle.onStop(lite.close);
  });
  await step('Migrations', () => bootstrapDatabase(addresses, password));
  const demo = await step('Demo workspace', () => seedDemo(environment, addresses, secrets));
  saveSecrets(folder, { ...secrets, demoApiKey: demo.apiKey });
  const changed = mode === 'start' && changedSources();
  if (changed) await step('Build', () => build(changed, lifecycle.signal));
  await step('Queue and web server', async () => {
    const queue = await startQueue(ports.queue, secrets, environment.JOBS_URL);
    await lifecycle.onStop(queue.close);
    // Jobs in a process of their own hold up no page. The development server is one, which compiles for itself.
    for (const role of mode === 'dev' ? (['web'] as const) : (['web', 'jobs'] as const)) {
      const server = startWeb({ mode, port: ports[role], environment, logFile: logOf(role) });
      await lifecycle.onStop(server.stop);
      watch(role, server);
    }
    await untilHealthy(environment.JOBS_URL, lifecycle.signal);
    await untilHealthy(demo.url, lifecycle.signal);
  });
  await lifecycle.onStop(() => withdrawDemo(folder));
  publishDemo(folder, demo);
  return demo;
}

/** One step of the start, which is not taken any more once the stop has begun. */
function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  lifecycle.signal.throwIfAborted();
  return timed(name, work);
}

/** Makes the folder this process's own, ending what a start that was killed has left there. */
async function claimFolder(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (statSync(folder).uid !== process.getuid?.()) {
    throw new LocalProblem(
      `${folder} belongs to another user: start as that user, or move that folder away.`,
    );
  }
  // The user who runs Postgres passes through it; what is secret in it has a mode of its own.
  chmodSync(folder, 0o711);
  const left = await endLeftovers(folder);
  if (left.length > 0) say(`Ended what an earlier start had left running: ${left.join(', ')}.`);
  withdrawDemo(folder);
  remember(folder, 'supervisor', process.pid);
  await lifecycle.onStop(() => forgetAll(folder));
}

/** Remembers a child for the next start, and ends everything should the child end by itself. */
function watch(
  role: 'postgres' | 'web' | 'jobs',
  child: { readonly pid: number; readonly ended: Promise<void> },
): void {
  remember(folder, role, child.pid);
  child.ended.then(async () => {
    if (lifecycle.signal.aborted) return;
    const hint = role === 'postgres' ? '' : `; see ${logOf(role)}`;
    report(new LocalProblem(`The ${role} server has ended by itself${hint}`));
    await lifecycle.stop(1);
  });
}

function logOf(role: 'web' | 'jobs'): string {
  return join(folder, `${role}.log`);
}

function greet({ url, email, password }: Demo): void {
  const here = relative(process.cwd(), folder) || '.';
  say(`
  Open       ${url}
  Sign in    ${email}  ${password}
  API key    in ${here}/demo.json, as is the address of the database
  Logs       ${here}/web.log and jobs.log
  Mails      in ${here}/mail, none is sent

Ctrl-C stops everything.`);
}
