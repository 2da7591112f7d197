import pg from 'pg';

/** Postgres' `2026-01-31 08:00:00.5+00` as `2026-01-31T08:00:00.5Z`; the session's zone is UTC. */
function isoTimestamp(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, -3).replace(' ', 'T')}Z` : text;
}

const asText = (text: string): string => text;

const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.DATE, asText],
  [pg.types.builtins.TIMESTAMPTZ, isoTimestamp],
  [pg.types.builtins.NUMERIC, asText],
  [pg.types.builtins.INT8, asText],
]);

/**
 * How values come out of Postgres: dates and times as ISO text in UTC, `numeric` and `bigint` as text, so
 * that nothing passes through a float or a local zone; the rest as `pg` has it.
 */
export const typeParsers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};
