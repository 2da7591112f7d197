import type { WorkbookProperties } from 'hucre/xlsx';
import type { Entry } from '#lib/core/zip.ts';
import type { FileContext, Table } from '#lib/exports/formats/contract.ts';
import { encoded } from './chunks.ts';
import { type DataSheet, newSheet, type SheetTable, sheetOutline } from './data-sheet.ts';
import { formulaColumns } from './formulas.ts';
import type { XlsxOptions } from './options.ts';
import { type Overview, overviewOf } from './overview.ts';
import { rowFeed } from './row-feed.ts';
import { sheetNamer } from './sheet-names.ts';
import { sheetXml } from './sheet-xml.ts';
import { type Shell, sheetPart, writeShell } from './shell.ts';

/**
 * The parts of a workbook: each table in a sheet, or in as many as its rows need, then the charts and pivot tables, and
 * all that goes around them. The shell is made anew, which takes some 10 ms, wherever more has become known.
 */
export async function* workbookParts(
  table: Table,
  options: XlsxOptions,
  context: FileContext,
): AsyncGenerator<Entry> {
  const nameOf = sheetNamer();
  const overview = overviewOf(options, table.columns);
  const properties = propertiesOf(options, context);
  const sheets: DataSheet[] = [];
  const outlines = () => sheets.map(sheetOutline);
  for (const [source, spread] of spreadOut(table, options, context)) {
    const feed = rowFeed(spread.options === options ? overview.watch(source.rows) : source.rows);
    try {
      while (spread.sheets.length === 0 || (await feed.peek())) {
        const name = nameOf(source.name, spread.sheets.length + 1);
        const sheet = newSheet(spread, name, (await feed.peek()) ?? []);
        const place = sheets.push(sheet) - 1;
        const outline = async () => (await writeShell(outlines(), properties)).sheet(place);
        yield { path: sheetPart(place), bytes: encoded(sheetXml(sheet, feed, outline, context.note)) };
      }
    } finally {
      await feed.close();
    }
  }
  const shell = await writeShell([...outlines(), ...overview.sheets(nameOf)], properties);
  yield* aroundSheets(shell, sheets.length, overview);
}

/** What the options add to the rows is for the table that they were written for, not for further ones. */
function spreadOut(
  table: Table,
  options: XlsxOptions,
  { title, further }: FileContext,
): [Table, SheetTable][] {
  const bare = { ...options, formulas: [], totals: [], conditionalFormats: [], validations: [] };
  const spread = ({ columns }: Table, chosen: XlsxOptions): SheetTable => ({
    title,
    columns,
    formulas: formulaColumns(chosen.formulas, columns),
    options: chosen,
    sheets: [],
    asText: new Set(),
  });
  const named = { ...table, name: options.sheetName || table.name };
  return [
    [named, spread(table, options)],
    ...further.map((each): [Table, SheetTable] => [each, spread(each, bare)]),
  ];
}

function propertiesOf({ properties }: XlsxOptions, { title, metadata }: FileContext): WorkbookProperties {
  const { author, ...said } = properties;
  const { snapshotAt } = metadata;
  const created = new Date(typeof snapshotAt === 'string' ? snapshotAt : Date.now());
  return { title, creator: author, created, modified: created, ...said };
}

async function* aroundSheets(shell: Shell, count: number, overview: Overview): AsyncGenerator<Entry> {
  const written = new Set(Array.from({ length: count }, (_, place) => sheetPart(place)));
  for (const path of shell.names) {
    if (written.has(path)) continue;
    yield { path, bytes: Buffer.from(overview.polished(path, ourOwn(path, await shell.read(path)))) };
  }
}

/** A part of the shell, which says what made it. */
function ourOwn(name: string, part: string): string {
  if (name === 'docProps/app.xml' || name.startsWith('xl/pivotCache/pivotCacheDefinition')) {
    return part.replace(/(<Application>|refreshedBy=")hucre/, '$1Entrepot');
  }
  return part;
}
