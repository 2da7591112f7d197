import { posix } from 'node:path';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Package } from '#lib/exports/formats/xlsx/package.ts';
import type { TemplateOptions } from '#lib/exports/formats/xlsx/template-options.ts';
import { type Attributes, attributesOf, readXml } from './xml.ts';

/** The sheet of a template that is filled, and its table where it is one. */
export interface Target {
  readonly workbook: string;
  readonly sheet: string;
  readonly sheetPart: string;
  readonly table?: TargetTable;
}

export interface TargetTable {
  readonly part: string;
  readonly range: Range;
  readonly hasHeader: boolean;
  readonly hasTotals: boolean;
  readonly columns: readonly string[];
}

export interface Range {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Finds what is to be filled. Throws `invalid` where the template has no such sheet or table, and says which it has. */
export async function findTarget(parts: Package, wanted: TemplateOptions): Promise<Target> {
  const workbook = await mainPart(parts);
  const xml = await readXml(parts, workbook);
  refuseUnfit(xml, parts);
  const sheets = await sheetsOf(parts, workbook, xml);
  if (wanted.table === undefined) {
    const sheet = named(sheets, wanted.sheet, 'sheet');
    const around = (await tablesOf(parts, sheet.part)).find(({ table }) => holds(table, wanted.startCell));
    return {
      workbook,
      sheet: sheet.name,
      sheetPart: sheet.part,
      ...(around && { table: around.table }),
    };
  }
  const among = wanted.sheet === undefined ? sheets : [named(sheets, wanted.sheet, 'sheet')];
  const tables = await Promise.all(
    among.map(async (sheet) => ({ sheet, tables: await tablesOf(parts, sheet.part) })),
  );
  const all = tables.flatMap(({ sheet, tables: of }) => of.map((table) => ({ ...table, sheet })));
  const { sheet, table } = named(all, wanted.table, 'table');
  return { workbook, sheet: sheet.name, sheetPart: sheet.part, table };
}

/** The parts that a part refers to by relations of a kind, with their ids. */
export async function related(
  parts: Package,
  part: string,
  kind: string,
): Promise<{ id: string; part: string }[]> {
  const name = relationsPart(part);
  if (!parts.has(name)) return [];
  return attributesOf(await readXml(parts, name), 'Relationship')
    .filter(({ Type = '', TargetMode }) => Type.endsWith(`/${kind}`) && TargetMode !== 'External')
    .map(({ Id = '', Target = '' }) => ({ id: Id, part: resolved(part, Target) }));
}

/** The part of the relations of a part. */
export function relationsPart(part: string): string {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
}

/** `B2:D9`, or a single cell. */
export function rangeOf(reference: string): Range {
  const [from = '', to = from] = reference.replaceAll('$', '').split(':');
  const [start, end] = [cellOf(from), cellOf(to)];
  return { left: start.column, top: start.row, right: end.column, bottom: end.row };
}

/** The column, from 0, and the row, from 1, of a reference such as `B2`. */
export function cellOf(reference: string): { column: number; row: number } {
  const [, letters = 'A', row = '1'] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(row) };
}

async function mainPart(parts: Package): Promise<string> {
  const [main] = await related(parts, '', 'officeDocument');
  if (main && parts.has(main.part)) return main.part;
  throw new EntrepotError(
    'DATA_ERROR',
    'The template is no Excel workbook (.xlsx). Save it as one in Excel.',
  );
}

function refuseUnfit(workbook: string, parts: Package): void {
  if (parts.names.some((name) => name.endsWith('vbaProject.bin'))) {
    throw new EntrepotError('invalid', 'The template has macros. Save it as a workbook without (.xlsx).');
  }
  if (/^(1|true)$/.test(attributesOf(workbook, 'workbookPr')[0]?.date1904 ?? '')) {
    throw new EntrepotError(
      'invalid',
      'The template counts days from 1904. Turn that off in its advanced options in Excel, and save it again.',
    );
  }
}

interface Sheet {
  readonly name: string;
  readonly part: string;
}

async function sheetsOf(parts: Package, workbook: string, xml: string): Promise<Sheet[]> {
  const byId = new Map((await related(parts, workbook, 'worksheet')).map(({ id, part }) => [id, part]));
  return attributesOf(xml, 'sheet').flatMap((sheet) => {
    const part = byId.get(relationId(sheet));
    return part === undefined ? [] : [{ name: sheet.name ?? '', part }];
  });
}

function relationId(attributes: Attributes): string {
  const [, id = ''] = Object.entries(attributes).find(([name]) => name.endsWith(':id')) ?? [];
  return id;
}

async function tablesOf(parts: Package, sheet: string): Promise<{ name: string; table: TargetTable }[]> {
  const found = await related(parts, sheet, 'table');
  return Promise.all(
    found.map(async ({ part }) => {
      const xml = await readXml(parts, part);
      const [table = {}] = attributesOf(xml, 'table');
      return {
        name: table.displayName ?? table.name ?? '',
        table: {
          part,
          range: rangeOf(table.ref ?? 'A1'),
          hasHeader: table.headerRowCount !== '0',
          hasTotals: Number(table.totalsRowCount ?? 0) > 0,
          columns: attributesOf(xml, 'tableColumn').map(({ name = '' }) => name),
        },
      };
    }),
  );
}

/** Whether rows that begin there would be rows of the table. */
function holds({ range }: TargetTable, startCell: string): boolean {
  const { column, row } = cellOf(startCell);
  return column >= range.left && column <= range.right && row >= range.top && row <= range.bottom;
}

function named<T extends { readonly name: string }>(
  all: readonly T[],
  name: string | undefined,
  what: string,
): T {
  const found =
    name === undefined ? all[0] : all.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  const there = all.map((each) => `"${each.name}"`).join(', ') || 'none';
  throw new EntrepotError(
    'invalid',
    `The template has no ${what} "${name ?? ''}". Choose one of those it has: ${there}.`,
  );
}

function resolved(part: string, target: string): string {
  return target.startsWith('/') ? target.slice(1) : posix.join(posix.dirname(part), target);
}
