import { type RawBuilder, sql } from 'kysely';
import type { ClientBase } from 'pg';
import { copyOut } from '#lib/exports/copy-out.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { type CsvOptions, csvHead, FORMULA_STARTS } from '#lib/exports/formats/csv.ts';
import type { Plan } from '#lib/exports/query/compile.ts';

/** Whether Postgres can write the file itself: its COPY ends lines with LF alone. */
export function canCopy(options: CsvOptions): boolean {
  return options.lineEnd === 'lf';
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

function copyOptions({ delimiter, quotes }: CsvOptions): string {
  return `format csv, delimiter '${delimiter}'${quotes === 'all' ? ', force_quote *' : ''}`;
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
