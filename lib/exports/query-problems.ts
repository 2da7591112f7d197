import { EntrepotError } from '#lib/core/errors.ts';
import { isBadValue, isTimeout } from '#lib/db/sql-state.ts';

/** What the owner of an export is told of it: the words of Postgres may hold what no export shows. */
export function badValue(cause: unknown): EntrepotError {
  return new EntrepotError(
    'invalid',
    'A value of these rows cannot be computed, such as a division by zero or a number that is too large. Look at the view behind the dataset, and at what the export computes.',
    { cause },
  );
}

/** The same for a look at the first rows, which may take long to find; any other error as it is. */
export function previewProblem(error: unknown): unknown {
  if (isBadValue(error)) return badValue(error);
  if (!isTimeout(error)) return error;
  const message =
    'The first rows took too long to find. Narrow the filter, or look at the view behind the dataset.';
  return new EntrepotError('invalid', message, { cause: error });
}
