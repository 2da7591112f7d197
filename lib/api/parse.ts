import type { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import { parse } from '#lib/core/parse.ts';

/** The path's parameters; one that cannot name anything names nothing: `not_found`. */
export function parseParams<T>(schema: z.ZodType<T> | undefined, params: unknown): T {
  const result = schema?.safeParse(params);
  if (result && !result.success) throw new EntrepotError('not_found', 'There is nothing at this address.');
  return result?.data as T;
}

/** The query, each name once. */
export function parseQuery<T>(schema: z.ZodType<T> | undefined, url: string): T {
  if (!schema) return undefined as T;
  return parse(schema, Object.fromEntries(new URL(url).searchParams));
}
