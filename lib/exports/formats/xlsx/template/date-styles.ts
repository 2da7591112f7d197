import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import type { Slot } from './slots.ts';
import { attributesOf } from './xml.ts';

/** Excel's own formats, which follow the reader's country. */
const DATE = 14;
const DATE_TIME = 22;
const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const list = /<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/;

/**
 * Gives columns of dates, whose cells the template shows as plain numbers, the same look with a date's format: further
 * styles at the end of the list.
 */
export function withDateStyles(
  styles: string,
  slots: readonly Slot[],
  columns: readonly OutputColumn[],
): { styles: string; slots: Slot[] } {
  const looks = list.exec(styles)?.[1]?.match(/<xf\b[^>]*?(?:\/>|>[\s\S]*?<\/xf>)/g) ?? [];
  const codes = new Map(
    attributesOf(styles, 'numFmt').map(({ numFmtId, formatCode = '' }) => [Number(numFmtId), formatCode]),
  );
  const added: string[] = [];
  const given = slots.map((slot) => {
    const type = slot.place === undefined ? undefined : columns[slot.place]?.type;
    const look = looks[slot.style];
    if ((type !== 'date' && type !== 'timestamp') || look === undefined) return slot;
    const format = Number(/numFmtId="(\d+)"/.exec(look)?.[1] ?? 0);
    if (builtInDates.has(format) || /[ymdhs]/i.test(bare(codes.get(format)))) return slot;
    added.push(dated(look, type === 'date' ? DATE : DATE_TIME));
    return { ...slot, style: looks.length + added.length - 1 };
  });
  const all = `<cellXfs count="${looks.length + added.length}">${[...looks, ...added].join('')}</cellXfs>`;
  return { styles: added.length === 0 ? styles : styles.replace(list, () => all), slots: given };
}

function dated(look: string, format: number): string {
  const plain = look.replaceAll(/\s(?:numFmtId|applyNumberFormat)="[^"]*"/g, '');
  return plain.replace('<xf', `<xf numFmtId="${format}" applyNumberFormat="1"`);
}

/** A format without its quoted texts, colours and the like. */
function bare(code: string | undefined): string {
  return (code ?? '').replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '').replace('General', '');
}
