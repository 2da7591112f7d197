import { EntrepotError } from '#lib/core/errors.ts';

/** What of a format's options does not fit the columns of a file; `option` is its dotted path among them. */
export function misfit(option: string, problem: string): EntrepotError {
  return new EntrepotError('invalid', `The options do not fit the columns: ${problem}.`, {
    fields: { [`format.options.${option}`]: problem },
  });
}
