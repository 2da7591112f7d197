import { parseJson } from '#app/_ui/parse-json.ts';
import type { ReplayPreview } from '#lib/sources/replay-preview.ts';
import type { RejectView } from '#lib/sources/runs.ts';

/** Where a row that was set aside is found: `rows, line 7, key A-1`. */
export function placeOf({ stream, line, externalId }: Pick<RejectView, 'stream' | 'line' | 'externalId'>) {
  const parts = [stream, line !== null && `line ${line}`, externalId !== null && `key ${externalId}`];
  return parts.filter(Boolean).join(', ');
}

/** The raw row as it is best read: JSON with its lines broken and all of its digits, anything else as it is. */
export function readable(payload: string): string {
  try {
    return JSON.stringify(parseJson(payload), null, 2);
  } catch {
    return payload;
  }
}

/** How many of a stream's parked rows would be taken: `37 of the first 50 rows would be taken, of 1,200 in all.` */
export function verdictOf(
  { parked, tried, taken }: Pick<ReplayPreview, 'parked' | 'tried' | 'taken'>,
  number: (value: number) => string,
): string {
  const rows = tried === 1 ? 'row' : 'rows';
  const all = tried < parked;
  const of = `${number(taken)} of the ${all ? 'first ' : ''}${number(tried)} ${rows} would be taken`;
  return all ? `${of}, of ${number(parked)} in all.` : `${of}.`;
}
