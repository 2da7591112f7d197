import { z } from 'zod';

/** `exact` writes decimals, and integers past 2^53, as strings; `number` writes every number as a number. */
export const jsonOptions = z.strictObject({ numbers: z.enum(['exact', 'number']).default('exact') });
export type JsonOptions = z.infer<typeof jsonOptions>;
