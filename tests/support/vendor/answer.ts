import { workbookOf } from '#tests/support/workbook.ts';
import type { Part } from './question.ts';
import type { VendorRow } from './table.ts';

interface Answer {
  readonly part: Part;
  /** Where the next one is, where an answer says so in its body. */
  readonly next: string | null;
  /** The columns of an answer by columns are not equally long. */
  readonly uneven: boolean;
}

/**
 * An answer in the format that is asked for: `rows` or `columns` (an array for each) in an envelope
 * `{ "data": …, "meta": { "total", "more", "pages", "cursor", "next" } }`, or the rows alone as a file.
 */
export function bodyOf(format: string, { part, next, uneven }: Answer): string | Buffer {
  const { rows, total, hasMore, pages, nextCursor } = part;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = [
    names.length > 0 ? names : ['id'],
    ...rows.map((row) => names.map((name) => row[name] ?? '')),
  ];
  const envelope = (data: unknown) =>
    JSON.stringify({ data, meta: { total, more: hasMore, pages, cursor: nextCursor, next } });
  switch (format) {
    case 'csv':
      return table.map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
    case 'xlsx':
      return workbookOf(table as (string | number)[][]);
    case 'array':
      return JSON.stringify(rows);
    case 'columns':
      return envelope(columnsOf(rows, names, uneven));
    default:
      return envelope(rows);
  }
}

function csvCell(value: unknown): string {
  return typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : JSON.stringify(value);
}

function columnsOf(
  rows: readonly VendorRow[],
  names: readonly string[],
  uneven: boolean,
): Record<string, unknown[]> {
  const columns = names.map((name, index): [string, unknown[]] => {
    const cells = rows.map((row) => row[name] ?? null);
    return [name, uneven && index === 1 ? cells.slice(1) : cells];
  });
  return Object.fromEntries(columns);
}
