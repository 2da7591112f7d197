import { sql } from 'kysely';
import { to as copyTo } from 'pg-copy-streams';
import { withLiterals } from '#lib/exports/statement.ts';
import type { Ground } from '#tests/bench/ground.ts';
import { discard } from './discard.ts';
import { readLargeTable } from './large-table.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

/** The baseline of exports: `COPY … TO STDOUT` of the same columns of the same query, as Postgres writes them. */
export function copyOut(ground: Ground): Promise<Measured> {
  return readLargeTable(ground, {}, ({ client }, plan) => {
    const query = withLiterals(plan.select((_, { source }) => sql.id(source)));
    return timed(() => discard(client.query(copyTo(`copy (${query}) to stdout (format csv)`))));
  });
}
