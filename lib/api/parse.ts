import type { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import { parse } from '#lib/core/parse.ts';

/** The path's parameters; one that cannot name anything names nothing: `not_found`. */
export function parseParams<T>(schema: z.ZodType<T> | undefined, params: unknown): T {
  const result = schema?.safeParse(params);
  if (result && (!result.success || unstorable(params) !== undefined))
    throw new EntrepotError('not_found', 'There is nothing at this address.');
  return result?.data as T;
}

/** The body; throws `invalid` where Postgres could not store a text in it. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  refuseUnstorable(body);
  return parse(schema, body);
}

/** The query, each name once. */
export function parseQuery<T>(schema: z.ZodType<T> | undefined, url: string): T {
  if (!schema) return undefined as T;
  const query = Object.fromEntries(new URL(url).searchParams);
  refuseUnstorable(query);
  return parse(schema, query);
}

function refuseUnstorable(value: unknown): void {
  const place = unstorable(value);
  if (place === undefined) return;
  const problem = 'holds a NUL, half of a character, or too many levels';
  throw new EntrepotError('invalid', `${place || 'The body'} ${problem}.`, {
    fields: { [place || 'body']: problem },
  });
}

const MAX_LEVELS = 100;

/** The dotted path of the first text, or level, that is not to be stored. */
function unstorable(value: unknown, levels = MAX_LEVELS): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : '';
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return '';
  for (const [key, member] of Object.entries(value)) {
    if (!isStorable(key)) return key.toWellFormed().replaceAll('\0', '␀');
    const place = unstorable(member, levels - 1);
    if (place !== undefined) return place ? `${key}.${place}` : key;
  }
  return undefined;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
