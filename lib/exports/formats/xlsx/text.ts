/** The most UTF-16 units that a cell of Excel takes. */
export const MAX_CELL_UNITS = 32_767;

// biome's rule on control characters does not see them in a pattern that is put together.
const control = '\\u0000-\\u0008\\u000b-\\u001f';
const special = new RegExp(`[&<>${control}\\ud800-\\udfff\\ufffe\\uffff]|_x[0-9a-fA-F]{4}_`);
const escapable = new RegExp(`[&<>${control}\\ufffe\\uffff]|_(?=x[0-9a-fA-F]{4}_)`, 'g');
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const endsInHalf = /[\ud800-\udbff]$/;
const outerBlank = /^\s|\s$|[\n\t]/;

/**
 * A text as XML holds it. What XML cannot hold (control characters, halves of a character), and a carriage return,
 * which XML would turn into a line feed, becomes the `_xHHHH_` that Excel reads back as that character.
 */
export function escapeText(text: string): string {
  if (!special.test(text)) return text;
  const escaped = text.replace(escapable, (found) => named[found] ?? coded(found));
  return escaped.isWellFormed() ? escaped : escaped.replace(loneSurrogate, coded);
}

/** A text as the `<is>` of a cell. */
export function inlineText(text: string): string {
  const space = outerBlank.test(text) ? ' xml:space="preserve"' : '';
  return `<is><t${space}>${escapeText(text)}</t></is>`;
}

/** The first so many UTF-16 units of a text; one less where that would cut a character in half. */
export function cutToUnits(text: string, units: number): string {
  if (text.length <= units) return text;
  return endsInHalf.test(text.slice(0, units)) ? text.slice(0, units - 1) : text.slice(0, units);
}

function coded(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** A text that can stand anywhere in a workbook, such as in a chart's title: on one line, and of 255 characters at most. */
export function printable(text: string): string {
  return cutToUnits(text.toWellFormed().replaceAll(/[\p{Cc}\ufffe\uffff]/gu, ' '), 255);
}
