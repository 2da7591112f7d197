import { type WorkbookProperties, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { openPackage } from './package.ts';

/** A whole small workbook, in which the rows of some sheets are still to be put in place of others. */
export interface Shell {
  readonly names: readonly string[];
  /** A part by its name. All of them are XML, and none has a character that XML cannot hold. */
  read(name: string): Promise<string>;
  /** A sheet, by its place from 0. */
  sheet(place: number): Promise<SheetShell>;
}

export interface SheetShell {
  /** All before the first row, and all after the last. */
  readonly head: string;
  readonly tail: string;
  /** By row and column, what a cell says of its style: ` s="3"`, or nothing. */
  readonly styles: readonly (readonly string[])[];
}

/** The same sheets give the same styles, and further ones after them change none of those. */
export async function writeShell(
  sheets: readonly WriteSheet[],
  properties: WorkbookProperties,
): Promise<Shell> {
  const parts = await openPackage(await writeXlsx({ sheets: [...sheets], properties, stringMode: 'inline' }));
  const read = async (name: string) => (await parts.read(name)).toString().replaceAll(noXml, ' ');
  return { names: parts.names, read, sheet: async (place) => sheetShell(await read(sheetPart(place))) };
}

const noXml = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;

/** The name of the part that holds a sheet, by its place from 0. */
export function sheetPart(place: number): string {
  return `xl/worksheets/sheet${place + 1}.xml`;
}

const START = '<sheetData>';
const END = '</sheetData>';

function sheetShell(xml: string): SheetShell {
  const start = xml.indexOf(START) + START.length;
  const end = xml.indexOf(END);
  const rows = xml.slice(start, end).split('</row>').slice(0, -1);
  return {
    // The dimension is that of the shell's own rows.
    head: xml.slice(0, start).replace(/<dimension [^>]*>/, ''),
    tail: xml.slice(end),
    styles: rows.map((row) =>
      (row.match(/<c [^>]*>/g) ?? []).map((cell) => / s="\d+"/.exec(cell)?.[0] ?? ''),
    ),
  };
}
