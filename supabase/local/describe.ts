import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startDatabaseServer, templateDatabase } from '#tests/support/database-server.ts';
import { databaseAddresses } from './addresses.ts';
import { snapshotSchema } from './snapshot.ts';

// Writes down what the migrations add up to, from a database that has just gone through them:
// `types` for the application (lib/db/types.gen.ts), `snapshot` for people (supabase/schema.sql).

const root = join(import.meta.dirname, '../..');
const writers = { types: writeTypes, snapshot: writeSnapshot };

const [wanted] = process.argv.slice(2);
if (wanted !== 'types' && wanted !== 'snapshot') throw new Error('Say what to write: types or snapshot.');
const server = await startDatabaseServer([]);
try {
  await writers[wanted](databaseAddresses(server.address, templateDatabase).admin);
} finally {
  await server.stop();
}

/** The types that `lib/db/values.ts` makes true: dates and times come as text. */
async function writeTypes(url: string): Promise<void> {
  const texts = ['date', 'time', 'timestamp', 'timestamptz'].map((type) => [type, 'string']);
  const mapping = JSON.stringify(Object.fromEntries(texts));
  const schemas = ['--default-schema=public', '--include-pattern=(public|private).*'];
  const out = ['--out-file=lib/db/types.gen.ts', `--type-mapping=${mapping}`];
  const codegen = join(root, 'node_modules/.bin/kysely-codegen');
  execFileSync(codegen, ['--dialect=postgres', `--url=${url}`, ...schemas, ...out], {
    cwd: root,
    stdio: 'inherit',
  });
}

async function writeSnapshot(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  writeFileSync(join(root, 'supabase/schema.sql'), await snapshotSchema(client));
  await client.end();
}
