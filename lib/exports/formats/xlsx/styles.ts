import type { CellStyle } from 'hucre/xlsx';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import type { XlsxOptions } from './options.ts';

const FONT = { name: 'Calibri', size: 11 } as const;
const LINE = { style: 'thin', color: { rgb: 'D9D9D9' } } as const;
const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const SHADE = 'F2F6FA';

export const titleStyle: CellStyle = { font: { ...FONT, bold: true, size: 14 } };

export function headerStyle({ styling }: Pick<XlsxOptions, 'styling'>): CellStyle {
  return {
    font: { ...FONT, bold: true, color: { rgb: styling.headerTextColor.slice(1) } },
    fill: solid(styling.headerColor.slice(1)),
    alignment: { vertical: 'center' },
    ...(styling.borders && { border: BORDER }),
  };
}

/** How a column's cells look, in a row that is shaded or not. */
export function dataStyle(
  { type }: Pick<OutputColumn, 'type'>,
  { styling, formats }: Pick<XlsxOptions, 'styling' | 'formats'>,
  shaded: boolean,
): CellStyle {
  const numFmt = {
    integer: formats.integer,
    decimal: formats.decimal,
    date: formats.date,
    timestamp: `${formats.date} ${formats.time}`,
    boolean: undefined,
    text: undefined,
    json: undefined,
  }[type];
  return {
    ...(numFmt && numFmt !== 'General' && { numFmt }),
    ...(shaded && { fill: solid(SHADE) }),
    ...(styling.borders && { border: BORDER }),
    ...(styling.wrapText && { alignment: { wrapText: true, vertical: 'top' } }),
  };
}

function solid(rgb: string): NonNullable<CellStyle['fill']> {
  return { type: 'pattern', pattern: 'solid', fgColor: { rgb } };
}
