import type { Package } from '#lib/exports/formats/xlsx/package.ts';
import { followed, followedRanges, followedSeries, type Growth } from './references.ts';
import { relationsPart, type Target } from './target.ts';
import { attributesOf, escapeXml, readXml, unescapeXml } from './xml.ts';

/** The end of the filled sheet, its filter, its rules and what is drawn from its cells reaching over the new rows. */
export function followedTail(tail: string, growth: Growth): string {
  return tail
    .replaceAll(
      /(\ssqref="|<(?:autoFilter|sortState)\b[^>]*?\sref=")([^"]*)(")/g,
      (_, before, ranges, after) => before + followedRanges(ranges, growth) + after,
    )
    .replaceAll(/(<xm:sqref>)([^<]*)/g, (_, before, ranges) => before + followedRanges(ranges, growth))
    .replaceAll(
      /(<(?:xm:f|formula|formula1|formula2)>)([^<]*)/g,
      (_, before, formula) => before + changed(formula, (text) => followed(text, growth, growth.sheet)),
    );
}

/**
 * A part of the template as it is once the rows are known: charts, names, tables, pivot tables and formulas elsewhere
 * follow them. Undefined where it stays as it is, byte for byte.
 */
export async function followedPart(
  parts: Package,
  name: string,
  target: Target,
  growth: Growth,
): Promise<string | undefined> {
  const change = changeOf(name, target, growth);
  if (!change) return undefined;
  const xml = await readXml(parts, name);
  const after = change(xml);
  return after === xml ? undefined : after;
}

/** Excel makes it anew; it lists cells with formulas, of which there are others now. */
export function isDropped(name: string): boolean {
  return /^xl\/calcChain\.xml$/i.test(name);
}

type Change = (xml: string) => string;

function changeOf(name: string, target: Target, growth: Growth): Change | undefined {
  if (name === target.workbook) return (xml) => reckonedAnew(withNames(xml, growth));
  if (name === relationsPart(target.workbook)) return withoutChain(/<Relationship\b[^>]*calcChain[^>]*\/>/g);
  if (name === '[Content_Types].xml') return withoutChain(/<Override\b[^>]*calcChain[^>]*\/>/gi);
  if (name === target.table?.part) return (xml) => withTableRows(xml, growth);
  if (/^xl\/charts\/[^/]+\.xml$/.test(name)) return (xml) => withSeries(xml, growth);
  if (/^xl\/pivotCache\/pivotCacheDefinition[^/]*\.xml$/.test(name))
    return (xml) => withSource(xml, target, growth);
  if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) return (xml) => withFormulas(xml, growth);
  return undefined;
}

function withoutChain(entry: RegExp): Change {
  return (xml) => xml.replaceAll(entry, '');
}

function withNames(xml: string, growth: Growth): string {
  return xml.replaceAll(
    /(<definedName\b[^>]*>)([^<]*)/g,
    (_, tag, formula) => tag + changed(formula, (text) => followed(text, growth)),
  );
}

/** The results that the template holds are those of its own rows. */
function reckonedAnew(xml: string): string {
  if (/<calcPr\b/.test(xml)) {
    const plain = xml.replace(/(<calcPr\b[^>]*?)\sfullCalcOnLoad="[^"]*"/, '$1');
    return plain.replace(/<calcPr\b/, '<calcPr fullCalcOnLoad="1"');
  }
  const next =
    /<(?:oleSize|customWorkbookViews|pivotCaches|smartTag\w+|webPublish\w+|fileRecoveryPr|extLst)\b|<\/workbook>/;
  return xml.replace(next, '<calcPr fullCalcOnLoad="1"/>$&');
}

/** A table's own range ends below its totals, its filter's above them. */
function withTableRows(xml: string, growth: Growth): string {
  const [{ totalsRowCount = '0' } = {}] = attributesOf(xml, 'table');
  const below = Number(totalsRowCount);
  const end = (range: string, rows: number) => range.replace(/\d+$/, String(growth.newLast + rows));
  return (
    xml
      // Says that the table has no row of its own yet.
      .replace(/(<table\b[^>]*?)\sinsertRow="[^"]*"/, '$1')
      .replace(/(<table\b[^>]*?\sref=")([^"]*)/, (_, before, range) => before + end(range, below))
      .replaceAll(
        /(<(?:autoFilter|sortState|sortCondition)\b[^>]*?\sref=")([^"]*)/g,
        (_, before, range) => before + end(range, 0),
      )
  );
}

/** A series whose range has grown loses the points that were kept beside it; Excel reads them from the cells. */
function withSeries(xml: string, growth: Growth): string {
  const series =
    /(<(\w+:)?f\b[^>]*>)([^<]*)(<\/(?:\w+:)?f>)(\s*<(\w+:)?(num|str|multiLvlStr)Cache>[\s\S]*?<\/(?:\w+:)?\7Cache>)?/g;
  return xml.replaceAll(series, (found, tag, _prefix, formula, close) => {
    const after = changed(formula, (text) => followedSeries(text, growth));
    return after === formula ? found : tag + after + close;
  });
}

/** Read anew when the workbook is opened. */
function withSource(xml: string, { table, sheet }: Target, growth: Growth): string {
  const [source = {}] = attributesOf(xml, 'worksheetSource');
  const isOurs = source.sheet?.toLowerCase() === sheet.toLowerCase() || (table && source.name !== undefined);
  if (!isOurs) return xml;
  const grown = xml.replace(
    /(<worksheetSource\b[^>]*?\sref=")([^"]*)/,
    (_, before, range) => before + followedRanges(range, growth),
  );
  return grown
    .replace(/(<pivotCacheDefinition\b[^>]*?)\srefreshOnLoad="[^"]*"/, '$1')
    .replace(/<pivotCacheDefinition\b/, '<pivotCacheDefinition refreshOnLoad="1"');
}

function withFormulas(xml: string, growth: Growth): string {
  return xml.replaceAll(
    /(<(?:f|formula|formula1|formula2|xm:f)(?:\s[^>]*)?>)([^<]*)/g,
    (_, tag, formula) => tag + changed(formula, (text) => followed(text, growth)),
  );
}

/** Keeps what does not change as it was escaped. */
function changed(escaped: string, change: (text: string) => string): string {
  const text = unescapeXml(escaped);
  const after = change(text);
  return after === text ? escaped : escapeXml(after);
}
