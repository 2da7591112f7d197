import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { closePools } from '#lib/db/pool.ts';
import { asAdmin, type Ground } from '#tests/bench/ground.ts';
import { timed } from './timed.ts';

/** What a piece of work has cost the database. */
interface Spent {
  readonly seconds: number;
  /** In which its connections were executing a statement. */
  readonly databaseSeconds: number;
  readonly walMb: number;
}

/** Runs `work` and closes the platform's pools: only what a connection did before it ended is told. */
export function spentBy(database: Ground['database'], work: () => Promise<void>): Promise<Spent> {
  return asAdmin(database, async (admin) => {
    const before = await readMeters(admin);
    const { seconds } = await timed(async () => ({ done: await work() }));
    await closePools();
    while (await isConnected(admin)) await sleep(20);
    const after = await readMeters(admin);
    return {
      seconds,
      databaseSeconds: after.databaseSeconds - before.databaseSeconds,
      walMb: after.walMb - before.walMb,
    };
  });
}

async function readMeters(admin: pg.Client): Promise<Omit<Spent, 'seconds'>> {
  const { rows } = await admin.query(`
    select active_time / 1000 as "databaseSeconds",
      pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 / 1e6 as "walMb"
    from pg_stat_database where datname = current_database()`);
  return rows[0];
}

async function isConnected(admin: pg.Client): Promise<boolean> {
  const { rowCount } = await admin.query(
    "select from pg_stat_activity where application_name = 'entrepot' and datname = current_database()",
  );
  return rowCount !== 0;
}
