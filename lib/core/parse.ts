import type { z } from 'zod';
import { EntrepotError, type FieldErrors } from '#lib/core/errors.ts';

/** The value as `schema` makes it; throws `invalid` with every wrong field by its dotted path. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
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
