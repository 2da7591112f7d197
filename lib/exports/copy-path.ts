import { type RawBuilder, sql } from 'kysely';
import pg, { type ClientBase } from 'pg';
import { copyOut } from '#lib/exports/copy-out.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { csvHead } from '#lib/exports/formats/csv.ts';
import { FORMULA_STARTS } from '#lib/exports/formats/csv-cells.ts';
import { type CsvOptions, keepsValues } from '#lib/exports/formats/csv-options.ts';
import type { Plan } from '#lib/exports/query/compile.ts';

/**
 * Whether Postgres can write the file itself: its COPY ends lines with LF alone, writes values as they are stored,
 * always quotes what needs it, and leaves a backslash without quotes even where that is the escape character.
 */
export function canCopy(options: CsvOptions): boolean {
  const { lineEnd, encoding, quotes, escape: mark } = options;
  const isQuoted = quotes === 'all' || (quotes === 'minimal' && mark === '"');
  return lineEnd === 'lf' && encoding === 'utf-8' && isQuoted && keepsValues(options);
}

/**
 * The CSV file as Postgres writes it, byte for byte what the row path gives, without a row passing through
 * JavaScript. Returns how many rows there were.
 */
export async function* copyCsv(
  client: ClientBase,
  plan: Plan,
  options: CsvOptions,
): AsyncGenerator<Uint8Array, number> {
  const head = csvHead(plan.columns, options);
  if (head.length > 0) yield head;
  const query = plan.select(options.formulaGuard ? guarded : undefined);
  return yield* copyOut(client, query, copyOptions(options));
}

function copyOptions({ delimiter, quotes, escape: mark, nullText }: CsvOptions): string {
  const dialect = `format csv, delimiter '${delimiter}', escape '${mark}', null ${pg.escapeLiteral(nullText)}`;
  return quotes === 'all' ? `${dialect}, force_quote *` : dialect;
}

const formulaCodes = sql.join(FORMULA_STARTS.map((start) => sql.lit(start.charCodeAt(0))));

/** Every start of a formula sorts before `A`: that cheap test spares most cells the other. */
export function startsFormulaSql(cell: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${cell} collate "C" < 'A' and ascii(${cell}) in (${formulaCodes}))`;
}

function guarded(cell: RawBuilder<string | null>, { type }: OutputColumn): RawBuilder<unknown> {
  if (type !== 'text') return cell;
  return sql`case when ${startsFormulaSql(cell)} then '''' || ${cell} else ${cell} end`;
}
