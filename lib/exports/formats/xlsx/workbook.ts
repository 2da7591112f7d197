import type { WorkbookProperties } from 'hucre/xlsx';
import type { FileContext, Table } from '#lib/exports/formats/contract.ts';
import type { Part } from './archive.ts';
import { type DataSheet, sheetOutline } from './data-sheet.ts';
import type { XlsxOptions } from './options.ts';
import { type RowFeed, rowFeed } from './row-feed.ts';
import { sheetNamer } from './sheet-names.ts';
import { sheetXml } from './sheet-xml.ts';
import { type Shell, sheetPart, writeShell } from './shell.ts';
import { fittedWidths } from './widths.ts';

/**
 * The parts of a workbook: each table in a sheet, or in as many as its rows need, then all that goes around them.
 * The shell is made anew, which takes some 10 ms, wherever more of the sheets has become known.
 */
export async function* workbookParts(
  table: Table,
  options: XlsxOptions,
  context: FileContext,
): AsyncGenerator<Part> {
  const sheets: DataSheet[] = [];
  const properties = propertiesOf(options, context);
  const shell = () =>
    writeShell(
      sheets.map((sheet) => sheetOutline(sheet, options)),
      properties,
    );
  const nameOf = sheetNamer();
  for (const each of [{ ...table, name: options.sheetName || table.name }, ...context.further]) {
    const feed = rowFeed(each.rows);
    try {
      for (let number = 1; number === 1 || (await feed.peek()); number += 1) {
        const sheet = await newSheet(each, nameOf(each.name, number), feed, context);
        const place = sheets.push(sheet) - 1;
        const outline = async () => (await shell()).sheet(place);
        const xml = sheetXml(sheet, feed, outline, options, context.note);
        yield { name: sheetPart(place), bytes: encoded(xml) };
      }
    } finally {
      await feed.close();
    }
  }
  yield* aroundSheets(await shell(), sheets.length);
}

async function newSheet(
  { columns }: Table,
  name: string,
  feed: RowFeed,
  { title }: FileContext,
): Promise<DataSheet> {
  const headers = columns.map(({ header }) => header);
  return { name, title, columns, widths: fittedWidths(headers, (await feed.peek()) ?? []), rows: 0 };
}

function propertiesOf({ properties }: XlsxOptions, { title, metadata }: FileContext): WorkbookProperties {
  const { author, ...said } = properties;
  const { snapshotAt } = metadata;
  const created = new Date(typeof snapshotAt === 'string' ? snapshotAt : Date.now());
  return { title, creator: author, created, modified: created, ...said };
}

async function* aroundSheets({ parts }: Shell, count: number): AsyncGenerator<Part> {
  const written = new Set(Array.from({ length: count }, (_, place) => sheetPart(place)));
  for (const name of parts.names) {
    if (!written.has(name)) yield { name, bytes: await parts.read(name) };
  }
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text);
}
