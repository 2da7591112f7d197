import type { CellText } from '#lib/core/columns.ts';
import { Refusal } from './refusal.ts';

/** What keeps a text out of Postgres, if anything does. */
export function textProblem(text: string): string | undefined {
  if (text.includes('\0')) return 'holds a NUL character, which no text can store';
  return text.isWellFormed() ? undefined : 'holds half of a surrogate pair, which is no character';
}

/** A value as the text of a `text` column, verbatim; an object or list as its JSON. */
export function textCell(value: unknown): CellText | Refusal {
  const text = typeof value === 'string' ? value : written(value);
  const problem = textProblem(text);
  return problem === undefined ? text : new Refusal(problem);
}

function written(value: unknown): string {
  if (JSON.isRawJSON(value)) return value.rawJSON;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
