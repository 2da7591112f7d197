import type { Package } from '#lib/exports/formats/xlsx/package.ts';
import type { SourceRow } from './sheet-source.ts';
import { related } from './target.ts';
import { readXml, unescapeXml } from './xml.ts';

/** The texts of a row by their columns, from one on to the first that is blank. */
export async function headingsOf(
  parts: Package,
  workbook: string,
  row: SourceRow | undefined,
  from: number,
): Promise<Map<number, string>> {
  const shared = await sharedStrings(parts, workbook);
  const texts = new Map(row?.cells.map(({ column, xml }) => [column, textOf(xml, shared).trim()]));
  const headings = new Map<number, string>();
  for (let column = from; texts.get(column); column += 1) headings.set(column, texts.get(column) ?? '');
  return headings;
}

async function sharedStrings(parts: Package, workbook: string): Promise<string[]> {
  const [strings] = await related(parts, workbook, 'sharedStrings');
  if (!strings || !parts.has(strings.part)) return [];
  const xml = await readXml(parts, strings.part);
  return Array.from(xml.matchAll(/<si\s*(?:\/>|>([\s\S]*?)<\/si>)/g), ([, item = '']) => plainText(item));
}

function textOf(cell: string, shared: readonly string[]): string {
  const value = unescapeXml(/<v>([^<]*)<\/v>/.exec(cell)?.[1] ?? '');
  if (/ t="s"/.test(cell)) return shared[Number(value)] ?? '';
  return / t="inlineStr"/.test(cell) ? plainText(cell) : value;
}

/** Of a text in pieces; how it is to be pronounced is none of it. */
function plainText(xml: string): string {
  const spoken = xml.replaceAll(/<rPh\b[\s\S]*?<\/rPh>/g, '');
  return Array.from(spoken.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g), ([, text = '']) =>
    unescapeXml(text),
  ).join('');
}
