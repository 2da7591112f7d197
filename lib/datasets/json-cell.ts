import { parseExactJson } from '#lib/core/exact-json.ts';
import { decimalCell } from './numbers.ts';
import { Refusal } from './refusal.ts';
import { textProblem } from './text.ts';

/**
 * A value as the text of a `json` column: written as JSON, a text as a JSON string. What Postgres' `jsonb`
 * cannot hold (NUL, half a surrogate pair, a number past `numeric`) is refused.
 */
export function jsonCell(value: unknown): string | Refusal {
  const text = written(value);
  if (typeof text !== 'string') return text;
  const isSuspect = /\\u0000|\\u[dD]|\d[eE]|\d{1000}/.test(text);
  return isSuspect ? jsonTextCell(text) : text;
}

/** A text that is JSON already, kept as it is written; refused where it is not, or where `jsonb` cannot hold it. */
export function jsonTextCell(text: string): string | Refusal {
  const problem = problemOf(text);
  return problem === undefined ? text : new Refusal(problem);
}

const tooDeep = 'is nested too deep';

function written(value: unknown): string | Refusal {
  try {
    return JSON.stringify(value);
  } catch {
    return new Refusal(tooDeep);
  }
}

function problemOf(text: string): string | undefined {
  try {
    return textProblem(text) ?? valueProblem(parseExactJson(text));
  } catch (error) {
    return error instanceof RangeError ? tooDeep : 'is not JSON';
  }
}

function valueProblem(value: unknown): string | undefined {
  if (typeof value === 'string') return textProblem(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (JSON.isRawJSON(value)) {
    const number = decimalCell(value.rawJSON);
    return typeof number === 'string' ? undefined : number.reason;
  }
  for (const [key, member] of Object.entries(value)) {
    const problem = textProblem(key) ?? valueProblem(member);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
