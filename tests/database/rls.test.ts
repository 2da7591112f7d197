import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import type { Tx } from '#lib/db/transaction.ts';
import {
  insertion,
  insertReturningId,
  layGround,
  type Person,
  people,
  type TwoWorkspaces,
} from '#tests/database/ground.ts';
import type { Ground, Rights } from '#tests/database/kinds-of-rights.ts';
import { rights } from '#tests/database/rights.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { type Pooler, startPgbouncer } from '#tests/support/pgbouncer.ts';

let database: TestDatabase;
let pooler: Pooler;
let admin: pg.Client;
let ground: TwoWorkspaces;

beforeAll(async () => {
  database = await createTestDatabase();
  // Settings that outlive their transaction would show here: connections change hands after each.
  pooler = await startPgbouncer(database);
  useEnvironment(pooler);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
  ground = await layGround(admin);
});
afterAll(async () => {
  await closePools();
  await pooler.close();
  await admin.end();
  await database.drop();
});

const ranks = { never: 4, owner: 3, editor: 2, viewer: 1 };
const rankIn: Record<Person, number> = { owner: 3, editor: 2, viewer: 1, both: 2, stranger: 0, nobody: 0 };

/** What came of a statement: how many rows it touched, or that it was refused. */
type Outcome = number | 'refused';

class Undo extends Error {}

/** Runs one statement as a person in our workspace, tells what came of it, and undoes it. */
async function attempt(person: Person, text: string, values: unknown[] = []): Promise<Outcome> {
  let outcome: Outcome = 'refused';
  const work = async ({ client }: Tx) => {
    outcome = (await client.query(text, values)).rowCount ?? 0;
    throw new Undo();
  };
  const actor = { kind: 'user', id: ground.users[person] } as const;
  await asMember({ workspaceId: ground.ours.workspace, actor }, work).catch((error: unknown) => {
    const denied = error instanceof pg.DatabaseError && error.code === '42501';
    if (!denied && !(error instanceof Undo)) throw error;
  });
  return outcome;
}

const cases = Object.entries(rights).flatMap(([table, right]) =>
  people.map((person): [Person, string, Rights] => [person, table, right]),
);

/** Inserts the matrix's row, on a source or an export of its own where only one row of each may be. */
async function insert(person: Person, table: string, right: Rights, where: Ground): Promise<Outcome> {
  const own: Partial<Record<string, () => Promise<Partial<Ground>>>> = {
    'public.export_watermarks': async () => ({
      export: await insertReturningId(admin, 'public.exports', where),
    }),
    'public.source_webhooks': async () => ({
      source: await insertReturningId(admin, 'public.external_data_sources', where),
    }),
  };
  const { text, values } = insertion(table, right.row({ ...where, ...(await own[table]?.()) }));
  return attempt(person, text, values);
}

describe('through SQL behind a pooler, acting in one workspace', () => {
  it('every table of the database is in the matrix', async () => {
    const { rows } = await admin.query(
      `select table_schema || '.' || table_name as name from information_schema.tables
       where table_schema in ('public', 'data', 'private') order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(rights).sort());
  });

  it('every table has row-level security', async () => {
    const { rows } = await admin.query(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
       where nspname in ('public', 'data', 'private') and relkind in ('r', 'p') and not relrowsecurity`,
    );
    expect(rows).toEqual([]);
  });

  it.each(cases)('%s reads %s by right alone', async (person, table, right) => {
    const allowed = rankIn[person] >= ranks[right.select];
    const ownKey = table === 'public.workspaces' ? 'id' : 'workspace_id';
    const columns = right.select === 'never' ? '1' : ownKey;
    const foreign = right.select === 'never' ? '' : ` where ${ownKey} <> '${ground.ours.workspace}'`;
    const seen = await attempt(person, `select ${columns} from ${table}`);
    if (allowed) expect(seen).toBeGreaterThan(0);
    else expect([0, 'refused']).toContain(seen);
    expect([0, 'refused']).toContain(
      await attempt(person, `select ${columns} from ${table}${foreign || ' limit 0'}`),
    );
  });

  it.each(cases)(
    '%s inserts into %s by right alone, and never for another workspace',
    async (person, table, right) => {
      const allowed = rankIn[person] >= ranks[right.insert];
      expect(await insert(person, table, right, ground.ours)).toBe(allowed ? 1 : 'refused');
      expect(await insert(person, table, right, ground.theirs)).toBe('refused');
    },
  );

  it.each(cases)('%s updates and deletes in %s by right alone', async (person, table, right) => {
    const touch = right.touch ?? Object.keys(right.row(ground.ours))[0];
    const update = await attempt(person, `update ${table} set ${touch} = ${touch}`);
    if (rankIn[person] >= ranks[right.update]) expect(update).toBeGreaterThan(0);
    else expect([0, 'refused']).toContain(update);
    const removed = await attempt(person, `delete from ${table}`);
    if (rankIn[person] >= ranks[right.delete]) expect(removed).toBeGreaterThan(0);
    else expect([0, 'refused']).toContain(removed);
    const { rows } = await admin.query(`select count(*) from ${table}`);
    expect(Number(rows[0].count)).toBeGreaterThan(0);
  });

  it.each(['public.uploads', 'public.artifacts'])('a row of %s names no object elsewhere', async (table) => {
    const row = rights[table]?.row(ground.ours) ?? {};
    const theirs = String(row.path).replace(ground.ours.workspace, ground.theirs.workspace);
    const { text, values } = insertion(table, { ...row, path: theirs });
    await expect(attempt('owner', text, values)).rejects.toMatchObject({ code: '23514' });
  });

  it('nobody gives a key more rights than their own', async () => {
    const keyOf = (scope: string) =>
      insertion('public.api_keys', { ...rights['public.api_keys']?.row(ground.ours), scope });
    const give = (person: Person, scope: string) => {
      const { text, values } = keyOf(scope);
      return attempt(person, text, values);
    };
    expect(await give('editor', 'write')).toBe(1);
    expect(await give('editor', 'admin')).toBe('refused');
    expect(await give('owner', 'admin')).toBe(1);
  });

  it('a maker who is an editor no more changes no key, and a revoked key stays revoked', async () => {
    const { text, values } = insertion('public.api_keys', {
      ...rights['public.api_keys']?.row(ground.ours),
      created_by: ground.users.viewer,
    });
    const { id } = (await admin.query(`${text} returning id`, values)).rows[0];
    const change = `update api_keys set name = 'mine' where id = '${id}'`;
    expect(await attempt('viewer', change)).toBe(0);
    await admin.query('update api_keys set revoked_at = now() where id = $1', [id]);
    await admin.query('update api_keys set revoked_at = null where id = $1', [id]);
    const { rows } = await admin.query('select revoked_at is null as live from api_keys where id = $1', [id]);
    expect(rows).toEqual([{ live: false }]);
  });

  it('nobody opens a file without its link, by its id alone', async () => {
    const open = 'select private.open_download(id) from artifacts';
    expect(await attempt('owner', open)).toBe('refused');
  });

  it('a member of two workspaces sees the one that is named', async () => {
    const actor = { kind: 'user', id: ground.users.both } as const;
    const read = ({ client }: Tx) => client.query('select distinct workspace_id from vendors');
    for (const { workspace } of [ground.ours, ground.theirs]) {
      const { rows } = await asMember({ workspaceId: workspace, actor }, read);
      expect(rows).toEqual([{ workspace_id: workspace }]);
    }
  });

  it('a row cannot be moved to another workspace, even by a member of both', async () => {
    const moved = `update vendors set workspace_id = '${ground.theirs.workspace}'`;
    expect(await attempt('both', moved)).toBe('refused');
  });
});

describe('as the roles of the Data API', () => {
  /** Runs as a role of PostgREST with the claims it would set, and undoes it. */
  async function throughDataApi(role: string, user: string | null, text: string): Promise<Outcome> {
    await admin.query('begin');
    try {
      await admin.query(`select set_config('request.jwt.claim.sub', $1, true)`, [user ?? '']);
      await admin.query(`set local role ${role}`);
      return (await admin.query(text)).rowCount ?? 0;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '42501') return 'refused';
      throw error;
    } finally {
      await admin.query('rollback');
    }
  }

  it.each(Object.entries(rights))('%s is open to its members for reading at most', async (table, right) => {
    const { owner, both, stranger } = ground.users;
    const read = `select from ${table}`;
    expect(await throughDataApi('anon', null, read)).toBe('refused');
    expect(await throughDataApi('authenticated', owner, read)).toBe(right.dataApi ? 1 : 'refused');
    expect(await throughDataApi('authenticated', both, read)).toBe(right.dataApi ? 2 : 'refused');
    expect(await throughDataApi('authenticated', stranger, read)).toBe(right.dataApi ? 0 : 'refused');
  });

  it.each(Object.entries(rights))('%s is closed to them for writing', async (table, right) => {
    const column = Object.keys(right.row(ground.ours))[0];
    for (const role of ['anon', 'authenticated']) {
      const asOwner = (text: string) => throughDataApi(role, ground.users.owner, text);
      expect(await asOwner(`insert into ${table} default values`)).toBe('refused');
      expect(await asOwner(`update ${table} set ${column} = null`)).toBe('refused');
      expect(await asOwner(`delete from ${table}`)).toBe('refused');
    }
  });
});
