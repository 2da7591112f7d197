import type { z } from 'zod';
import { EntrepotError, type FieldErrors } from '#lib/core/errors.ts';

/** The value as `schema` makes it; throws `invalid` with every wrong field by its dotted path. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return result.data;
  const fields = fieldsOf(result.error);
  throw new EntrepotError('invalid', `Some values are not right: ${Object.keys(fields).join(', ')}.`, {
    fields,
  });
}

function fieldsOf(error: z.ZodError): FieldErrors {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const places = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    for (const key of places) {
      const path = [...issue.path, ...(key === undefined ? [] : [key])].map(String).join('.') || 'body';
      fields[path] ??= key === undefined ? issue.message : 'is not a field of this request';
    }
  }
  return fields;
}

/** What a limit says to a person, where its schema says nothing itself. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is required';
  if (issue.code === 'too_small') {
    const least = Number(issue.minimum);
    if (issue.origin === 'string')
      return least === 1 ? 'must not be empty' : `needs at least ${least} characters`;
    if (issue.origin === 'array') return least === 1 ? 'needs at least one' : `needs at least ${least}`;
    return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${least}`;
  }
  if (issue.code !== 'too_big') return undefined;
  if (issue.origin === 'string') return `may have ${issue.maximum} characters at most`;
  if (issue.origin === 'array') return `may have ${issue.maximum} at most`;
  return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
}
