import { SaxesParser } from 'saxes';
import { unzip } from '#tests/support/unzip.ts';

/** A cell as it stands in the file; a text is read as Excel reads it. */
export interface ReadCell {
  readonly value: string;
  readonly type: string;
  readonly format: string;
  readonly formula?: string;
}

/** The sheets of a workbook by name, each with its cells by reference. Throws where a part is no XML. */
export async function readSheets(bytes: Uint8Array): Promise<Record<string, Record<string, ReadCell>>> {
  const files = await unzip(bytes);
  const text = (name: string) => files.get(name)?.toString() ?? '';
  for (const [name, content] of files) if (/\.(xml|rels)$/.test(name)) checkXml(content.toString());
  const formats = readFormats(text('xl/styles.xml'));
  const names = elements(text('xl/workbook.xml'), 'sheet').map(({ name }) => String(name));
  return Object.fromEntries(
    names.map((name, place) => [name, readCells(text(`xl/worksheets/sheet${place + 1}.xml`), formats)]),
  );
}

/** The attributes of every element of that name. */
export function elements(xml: string, wanted: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === wanted) found.push({ ...attributes });
  });
  parser.write(xml).close();
  return found;
}

function checkXml(xml: string): void {
  new SaxesParser().write(xml).close();
}

function readFormats(styles: string): string[] {
  const codes = new Map(elements(styles, 'numFmt').map(({ numFmtId, formatCode }) => [numFmtId, formatCode]));
  const cells = styles.slice(styles.indexOf('<cellXfs'), styles.indexOf('</cellXfs>') + 10);
  return elements(cells, 'xf').map(({ numFmtId }) => codes.get(numFmtId) ?? `#${numFmtId}`);
}

function readCells(xml: string, formats: readonly string[]): Record<string, ReadCell> {
  const cells: Record<string, ReadCell> = {};
  let at: Record<string, string> = {};
  const texts: Record<string, string | undefined> = {};
  let inside = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'c') {
      at = { ...attributes };
      texts.v = undefined;
      texts.t = undefined;
      texts.f = undefined;
    }
    inside = name;
    if (name in texts) texts[name] = '';
  });
  parser.on('text', (text) => {
    if (inside in texts) texts[inside] += text;
  });
  parser.on('closetag', ({ name }) => {
    inside = '';
    if (name !== 'c') return;
    const { r = '', t = 'n', s = '0' } = at;
    cells[r] = {
      value: t === 'inlineStr' ? decode(texts.t ?? '') : (texts.v ?? ''),
      type: t,
      format: formats[Number(s)] ?? '?',
      ...(texts.f !== undefined && { formula: texts.f }),
    };
  });
  parser.write(xml).close();
  return cells;
}

/** `_x0041_` is the character of that number. */
function decode(text: string): string {
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
