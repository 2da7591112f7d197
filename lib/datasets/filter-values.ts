import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { ColumnType } from '#lib/core/columns.ts';
import { postgresTypes } from './cells.ts';

const BIGINT_MAX = 2n ** 63n - 1n;
const MAX_DIGITS = 1_000;

const isBigint = (text: string) =>
  /^-?\d{1,19}$/.test(text) && BigInt(text) <= BIGINT_MAX && BigInt(text) >= -BIGINT_MAX - 1n;
const year1 = (text: string) => !text.startsWith('0000');

/** What a filter's value must be, by the type of its column; the result is text that Postgres casts. */
const accepted: Record<
  Exclude<ColumnType, 'json'>,
  { readonly schema: z.ZodType<string>; readonly is: string }
> = {
  text: { schema: z.string(), is: 'a text' },
  integer: {
    schema: z.union([z.int().transform(String), z.string().refine(isBigint)]),
    is: 'a whole number (past 2^53 as a string)',
  },
  decimal: {
    schema: z.union([
      z.number().transform(String),
      z
        .string()
        .max(MAX_DIGITS)
        .regex(/^-?\d+(\.\d+)?$/),
    ]),
    is: 'a number, or a string that holds one',
  },
  boolean: { schema: z.boolean().transform(String), is: 'true or false' },
  date: { schema: z.iso.date().refine(year1), is: 'a date like 2026-01-31' },
  timestamp: {
    schema: z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })]).refine(year1),
    is: 'a time like 2026-01-31T08:00:00Z',
  },
};

/** A filter's value bound and cast to its column's type, or a sentence on why it does not fit. */
export function boundValue(value: unknown, type: Exclude<ColumnType, 'json'>): RawBuilder<unknown> | string {
  const parsed = accepted[type].schema.safeParse(value);
  if (!parsed.success) return `must be ${accepted[type].is}, because the column's type is ${type}`;
  return sql`cast(${parsed.data} as ${sql.raw(postgresTypes[type])})`;
}
