import type { Cell, CellStyle, CellValue } from 'hucre/xlsx';
import type { SheetColumn } from './columns.ts';
import type { XlsxOptions } from './options.ts';

const FONT = { name: 'Calibri', size: 11 } as const;
const LINE = { style: 'thin', color: { rgb: 'D9D9D9' } } as const;
const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const SHADE = 'F2F6FA';

export const totalStyle = (style: CellStyle): CellStyle => ({
  ...style,
  font: { ...FONT, bold: true },
  border: { ...style.border, top: { style: 'thin', color: { rgb: '808080' } } },
});

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
  { type, numFmt: given }: SheetColumn,
  { styling, formats }: Pick<XlsxOptions, 'styling' | 'formats'>,
  shaded: boolean,
): CellStyle {
  const usual = {
    integer: formats.integer,
    decimal: formats.decimal,
    date: formats.date,
    timestamp: `${formats.date} ${formats.time}`,
    boolean: undefined,
    text: undefined,
    json: undefined,
  }[type];
  const numFmt = given ?? usual;
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

/** The cells of a first row of headings, where they are not empty. */
export function headingCells(headings: readonly CellValue[], style: CellStyle): Map<string, Partial<Cell>> {
  const cells = Array.from(headings, (value, place): [string, Partial<Cell>][] =>
    value === null || value === undefined ? [] : [[`0,${place}`, { style }]],
  );
  return new Map(cells.flat());
}
