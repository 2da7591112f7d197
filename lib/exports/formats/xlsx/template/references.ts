/** Rows of a sheet that become more or fewer, and with them all that refers to them. */
export interface Growth {
  readonly sheet: string;
  readonly firstRow: number;
  /** The last row of the template's own, and the last of the filled one. */
  readonly oldLast: number;
  readonly newLast: number;
}

/** A formula in pieces: a text, or a sheet's name and a range. */
const token =
  /"(?:[^"]|"")*"|(?:('(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!)?(\$?[A-Z]{1,3})(\$?)(\d+):(\$?[A-Z]{1,3})(\$?)(\d+)(?![\p{L}\p{N}_.(])/gu;
const single = /^(.*!)?(\$?[A-Z]{1,3}\$?)(\d+)$/;

/**
 * A formula or range with the growth followed: a range that spans the template's rows ends with the new ones. A range
 * without a sheet is taken for one of `home`.
 */
export function followed(formula: string, growth: Growth, home?: string): string {
  return formula.replaceAll(token, (found, sheet, from, _one, first, to, fixed, last) => {
    if (first === undefined || !isOn(sheet, growth.sheet, home)) return found;
    const end = grown(Number(first), Number(last), growth);
    const prefix = sheet === undefined ? '' : `${sheet}!`;
    return `${prefix}${from}${_one}${first}:${to}${fixed}${end}`;
  });
}

/** As `followed`, for what draws a series: a single cell, where the template has one row, becomes a range. */
export function followedSeries(reference: string, growth: Growth): string {
  const { firstRow, oldLast, newLast } = growth;
  const [, sheet, column, row] = single.exec(reference) ?? [];
  if (oldLast !== firstRow || newLast === firstRow || Number(row) !== firstRow || !sheet) {
    return followed(reference, growth);
  }
  return isOn(sheet.slice(0, -1), growth.sheet) ? `${reference}:${column}${newLast}` : reference;
}

/** As `followed`, for a list of ranges between blanks, which are all of one sheet. */
export function followedRanges(ranges: string, { firstRow, oldLast, newLast }: Growth): string {
  const several = oldLast === firstRow ? ranges.replaceAll(lone, '$&:$&') : ranges;
  return followed(several, { sheet: '', firstRow, oldLast, newLast }, '');
}
const lone = /(?<![A-Z0-9:])[A-Z]{1,3}\d+(?![:0-9])/g;

/** A formula moved down by so many rows, as Excel fills it down: rows that are not fixed by `$` move. */
export function movedDown(formula: string, by: number): string {
  return formula.replaceAll(cell, (found, column, fixed, row) =>
    column === undefined || fixed ? found : `${column}${Number(row) + by}`,
  );
}
const cell =
  /"(?:[^"]|"")*"|'(?:[^']|'')+'|(?<![\p{L}\p{N}_.\]])(\$?[A-Z]{1,3})(\$?)(\d+)(?![\p{L}\p{N}_.(!])/gu;

function grown(first: number, last: number, { firstRow, oldLast, newLast }: Growth): number {
  if (first > firstRow || last < oldLast) return last;
  return last === oldLast ? newLast : Math.max(last, newLast);
}

function isOn(written: string | undefined, sheet: string, home?: string): boolean {
  if (written === undefined) return home !== undefined && home === sheet;
  const name = written.startsWith("'") ? written.slice(1, -1).replaceAll("''", "'") : written;
  return name.toLowerCase() === sheet.toLowerCase();
}
