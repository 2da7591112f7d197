import { z } from 'zod';
import { isLocale } from '#lib/datasets/number-notation.ts';

/** A BCP 47 tag; American English where absent. */
export const localeOption = z
  .string()
  .refine(isLocale, 'must be a locale that there is, such as de-DE')
  .default('en-US')
  .meta({ input: 'locale' });
