import { posix } from 'node:path';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Archive } from './archive.ts';
import { type Attributes, parseXml } from './xml.ts';

export interface Sheet {
  readonly name: string;
  readonly path: string;
  readonly isHidden: boolean;
}

/** A workbook's table of contents. Charts that have a sheet of their own are not among the sheets. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly date1904: boolean;
  readonly stylesPath: string | undefined;
  readonly stringsPath: string | undefined;
}

/** How a part refers to another. */
interface Relation {
  readonly id: string;
  /** The last word of its type, which differs otherwise among the editions of the format. */
  readonly kind: string;
  readonly path: string;
}

const MAX_CONTENTS_BYTES = 16_000_000;

/** Throws `DATA_ERROR` for an archive that is no workbook. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const main = (await relationsOf(archive, '')).find(({ kind }) => kind === 'officeDocument')?.path;
  if (main?.endsWith('.bin')) {
    throw new EntrepotError('DATA_ERROR', 'The workbook is a binary one (.xlsb). Save it as .xlsx in Excel.');
  }
  if (!main || !archive.has(main)) throw notAWorkbook();
  const relations = await relationsOf(archive, main);
  const found: Attributes[] = [];
  let date1904 = false;
  for await (const _ of parseXml(archive.read(main, MAX_CONTENTS_BYTES), {
    open: (name, attributes) => {
      if (name === 'sheet') found.push(attributes);
      if (name === 'workbookPr') date1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
    },
  }));
  const sheets = found.flatMap((attributes) => sheetOf(attributes, relations) ?? []);
  if (sheets.length === 0) throw notAWorkbook();
  const pathOf = (wanted: string) => relations.find(({ kind }) => kind === wanted)?.path;
  return { sheets, date1904, stylesPath: pathOf('styles'), stringsPath: pathOf('sharedStrings') };
}

function sheetOf(attributes: Attributes, relations: readonly Relation[]): Sheet | undefined {
  const idName = Object.keys(attributes).find((name) => name.endsWith(':id')) ?? '';
  const relation = relations.find(({ id, kind }) => id === attributes[idName] && kind === 'worksheet');
  const isHidden = (attributes.state ?? 'visible') !== 'visible';
  return relation && { name: attributes.name ?? '', path: relation.path, isHidden };
}

/** The relations of a part, or with `''` of the archive itself. */
async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const { dir, base } = posix.parse(part);
  const path = posix.join(dir, '_rels', `${base}.rels`);
  const relations: Relation[] = [];
  if (!archive.has(path)) return relations;
  for await (const _ of parseXml(archive.read(path, MAX_CONTENTS_BYTES), {
    open: (name, { Id: id = '', Type: type = '', Target: target = '' }) => {
      if (name !== 'Relationship') return;
      const resolved = target.startsWith('/') ? target.slice(1) : posix.join(dir, target);
      relations.push({ id, kind: posix.basename(type), path: resolved });
    },
  }));
  return relations;
}

/** The sheet of that name or, where no name is that, of that number; the first visible one where none is named. */
export function chooseSheet(sheets: readonly Sheet[], wanted: string | undefined): Sheet {
  const found =
    wanted === undefined
      ? (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])
      : (sheets.find(({ name }) => name.toLowerCase() === wanted.toLowerCase()) ??
        (/^\d+$/.test(wanted) ? sheets[Number(wanted) - 1] : undefined));
  if (found) return found;
  const message = `The workbook has no sheet "${wanted}". Its sheets are: ${sheetNames(sheets)}.`;
  throw new EntrepotError('DATA_ERROR', message);
}

/** For a person to choose from. */
export function sheetNames(sheets: readonly Sheet[]): string {
  return sheets.map(({ name, isHidden }) => (isHidden ? `${name} (hidden)` : name)).join(', ');
}

function notAWorkbook(): EntrepotError {
  return new EntrepotError(
    'DATA_ERROR',
    'The file is an archive, but no Excel workbook. Save it as .xlsx in Excel, or extract it and add what it holds.',
  );
}
