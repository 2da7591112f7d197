import { zip } from '#tests/support/zip.ts';

/** The XML of cells of one sheet, `<row>` by `<row>`, and what else a workbook may hold. */
export interface WorkbookParts {
  readonly sheets: Readonly<Record<string, string>>;
  /** `<si>` by `<si>`. */
  readonly strings?: string;
  /** Format codes; the cell style 1 has the first of them, 2 the second. */
  readonly formats?: readonly string[];
  readonly workbookPr?: string;
  readonly hidden?: readonly string[];
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The files of a workbook written by hand, independently of any library. */
export function workbookFiles({ sheets, strings, formats, ...rest }: WorkbookParts): Record<string, string> {
  const names = Object.keys(sheets);
  const sheetRelations = names.map((_, index) =>
    relation(`s${index}`, 'worksheet', `worksheets/s${index}.xml`),
  );
  const { workbookPr = '', hidden = [] } = rest;
  const listed = names.map((name, index) => {
    const state = hidden.includes(name) ? ' state="hidden"' : '';
    return `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"${state}/>`;
  });
  const root = relation('main', 'officeDocument', 'xl/workbook.xml');
  return {
    '_rels/.rels': `<Relationships xmlns="${packageRelations}">${root}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}">${workbookPr}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageRelations}">${sheetRelations.join('')}${relation('t', 'sharedStrings', 'sharedStrings.xml')}${relation('f', 'styles', '/xl/styles.xml')}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, index) => [
        `xl/worksheets/s${index}.xml`,
        `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...(strings !== undefined && { 'xl/sharedStrings.xml': `<sst xmlns="${main}">${strings}</sst>` }),
    ...(formats && { 'xl/styles.xml': styles(formats) }),
  };
}

/** A workbook of one sheet in which each row is of texts and numbers. */
export function workbookOf(rows: Iterable<readonly (string | number)[]>): Buffer {
  const written = Array.from(rows, (cells) => `<row>${cells.map(cell).join('')}</row>`);
  return zip(workbookFiles({ sheets: { Sheet1: written.join('') } }));
}

function cell(value: string | number): string {
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function relation(id: string, kind: string, target: string): string {
  return `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}"/>`;
}

function styles(formats: readonly string[]): string {
  const codes = formats.map(
    (code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  );
  const cells = ['<xf numFmtId="0"/>', ...formats.map((_, index) => `<xf numFmtId="${200 + index}"/>`)];
  return `<styleSheet xmlns="${main}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cells.join('')}</cellXfs></styleSheet>`;
}
