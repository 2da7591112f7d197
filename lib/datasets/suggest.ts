import type { SourceRow } from '#connectors/contract.ts';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import { coercion } from './coerce.ts';

/** The types that a text may turn out to have, the narrowest first. */
const narrowing: readonly ColumnType[] = ['integer', 'decimal', 'date', 'timestamp'];

/**
 * A source's columns with the narrowest type that takes every value of the sample: in the order of
 * `columns`, else as the rows first have them. Digits with a leading zero (`00501`), a `+` or more than 18
 * of them are names, not numbers, and stay text; so does a column without values.
 */
export function suggestColumns(rows: readonly SourceRow[], columns?: readonly string[]): Column[] {
  const names = columns ?? namesIn(rows);
  return names.map((name) => ({ name, type: suggestType(rows.map(({ values }) => values[name])) }));
}

/** The names of the columns that rows have, as they first have them. */
function namesIn(rows: readonly Pick<SourceRow, 'values'>[]): string[] {
  const names = new Set<string>();
  for (const { values } of rows) for (const name of Object.keys(values)) names.add(name);
  return [...names];
}

function suggestType(sample: readonly unknown[]): ColumnType {
  const values = sample.filter((value) => value !== null && value !== undefined && value !== '');
  if (values.length === 0) return 'text';
  if (values.every((value) => typeof value === 'object' && !JSON.isRawJSON(value))) return 'json';
  if (values.every(isBoolean)) return 'boolean';
  if (values.some((value) => typeof value === 'boolean' || isIdentifier(value))) return 'text';
  return narrowing.find((type) => values.every((value) => fits(value, type))) ?? 'text';
}

/** 0 and 1 are numbers, although a boolean column takes them too. */
function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean' || (typeof value === 'string' && /^(?:true|false)$/i.test(value));
}

/** `5.0` fits a whole number, yet its neighbours will have other fractions. */
function fits(value: unknown, type: ColumnType): boolean {
  const cell = coercion(type)(value);
  return typeof cell === 'string' && (type !== 'integer' || coercion('decimal')(value) === cell);
}

function isIdentifier(value: unknown): boolean {
  return typeof value === 'string' && /^(?:\+|-?0)\d|^\d{19}/.test(value) && !value.includes('-', 1);
}
