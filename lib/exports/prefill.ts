import { z } from 'zod';
import { filterSchema } from '#lib/datasets/filter.ts';
import { type ExportDefinition, exportDefinition } from '#lib/exports/definition.ts';

type Prefill = Pick<ExportDefinition, 'sort'> & Partial<Pick<ExportDefinition, 'dataset' | 'filter'>>;

/** One value of an address; what does not fit is as if it were not there. */
const lenient = <Value>(schema: z.ZodType<Value>) => schema.optional().catch(undefined);

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const prefill = z.object({
  dataset: lenient(exportDefinition.shape.dataset),
  filter: lenient(jsonText.pipe(filterSchema)),
  sort: lenient(z.string().regex(/^.+:(asc|desc)$/s)),
});

/** What an address such as `?dataset=vendors&filter={…}&sort=name:desc` says of an export that is to be made. */
export function readPrefill(query: Readonly<Record<string, unknown>>): Prefill {
  const { dataset, filter, sort } = prefill.parse(query);
  const [, field = '', direction] = /^(.+):(asc|desc)$/s.exec(sort ?? '') ?? [];
  return {
    ...(dataset !== undefined && { dataset }),
    ...(filter !== undefined && { filter }),
    sort: field ? [{ field, direction: direction === 'desc' ? 'desc' : 'asc' }] : [],
  };
}
