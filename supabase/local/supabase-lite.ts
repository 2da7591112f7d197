import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { App, type EmailDriver, SmtpEmailDriver, setExperimental } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import { objectFolder } from './object-folder.ts';

const CLOSE_TIMEOUT_SECONDS = 2;

/** The same mails as a hosted project is set up to send. */
const templates = join(import.meta.dirname, '../templates');
const mailTemplates = {
  confirmation: {
    subject: 'Confirm your e-mail address',
    content_path: join(templates, 'confirmation.html'),
  },
  recovery: { subject: 'Set a new password', content_path: join(templates, 'recovery.html') },
};

export interface SupabaseLiteOptions {
  /** A superuser's address: the API takes on its callers' roles. */
  readonly databaseUrl: string;
  readonly port: number;
  readonly objectsFolder: string;
  /** Where the links in its mails lead, and which server takes them; else they are printed. */
  readonly mail?: { readonly siteUrl: string; readonly smtpUrl: string; readonly from: string };
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly jwtSecret: string;
}

export interface SupabaseLite {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Auth, Storage and Data API on 127.0.0.1 over a Postgres, which is given the schemas `auth`, `storage` and
 * `supabase_migrations` first. Port 0 picks a free one. Requests without a key get no more rights than `anon`.
 */
export async function startSupabaseLite(options: SupabaseLiteOptions): Promise<SupabaseLite> {
  const app = await createApp(options);
  const server = createServer((request, response) => {
    answer(app, request, response).catch(() => response.destroy());
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await app.connection.close();
    },
  };
}

/** Gives an empty database the schemas that hosted Supabase has from the start. */
export async function provisionSupabase(options: Omit<SupabaseLiteOptions, 'port'>): Promise<void> {
  const app = await createApp(options);
  await app.connection.close();
}

async function createApp(options: Omit<SupabaseLiteOptions, 'port'>): Promise<App> {
  const connection = createPostgresConnection({
    url: options.databaseUrl,
    postgresOptions: { onnotice: () => {} },
  });
  // A request whose sender died may leave a query open, for which a close would wait for good.
  connection.close = () => connection.driver.end({ timeout: CLOSE_TIMEOUT_SECONDS });
  const app = new App({
    connection,
    auth: {
      enabled: true,
      jwt_secret: options.jwtSecret,
      publishable_key: options.publishableKey,
      secret_key: options.secretKey,
      ...(options.mail && { site_url: options.mail.siteUrl }),
      minimum_password_length: 8,
      email: { enable_signup: true, enable_confirmations: false, template: mailTemplates },
    },
    storage: { enabled: true, file_size_limit: '10GiB' },
    options: {
      server: { admin: false, disableStudio: true },
      ...(options.mail && { drivers: { email: mailDriver(options.mail) } }),
    },
  });
  app._storageAdapter = objectFolder(options.objectsFolder);
  const starting = app.init();
  // Not before: a start with it on begins by warning about it on the console.
  setExperimental('storage', true);
  await starting;
  await app.ensureSystemSchema();
  return app;
}

function mailDriver({ smtpUrl, from }: NonNullable<SupabaseLiteOptions['mail']>): EmailDriver {
  const { hostname, port } = new URL(smtpUrl);
  return new SmtpEmailDriver({ host: hostname, port: Number(port), from });
}

async function answer(app: App, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answered = await app.fetch(toRequest(request), { peerAddress: request.socket.remoteAddress ?? null });
  response.writeHead(answered.status, [...answered.headers].flat());
  if (answered.body) await pipeline(Readable.fromWeb(answered.body as ReadableStream), response);
  else response.end();
}

function toRequest(request: IncomingMessage): Request {
  const method = request.method ?? 'GET';
  const headers = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const url = `http://${request.headers.host ?? '127.0.0.1'}${request.url ?? '/'}`;
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers });
  const body = Readable.toWeb(request) as globalThis.ReadableStream<Uint8Array>;
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, duplex: 'half' };
  return new Request(url, init);
}
