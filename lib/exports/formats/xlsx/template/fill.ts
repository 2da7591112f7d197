import { EntrepotError } from '#lib/core/errors.ts';
import type { Entry } from '#lib/core/zip.ts';
import type { FileContext, Table } from '#lib/exports/formats/contract.ts';
import { encoded } from '#lib/exports/formats/xlsx/chunks.ts';
import type { XlsxOptions } from '#lib/exports/formats/xlsx/options.ts';
import { openPackage, type Package } from '#lib/exports/formats/xlsx/package.ts';
import { rowFeed } from '#lib/exports/formats/xlsx/row-feed.ts';
import type { TemplateOptions } from '#lib/exports/formats/xlsx/template-options.ts';
import { withDateStyles } from './date-styles.ts';
import { type Filling, filledSheet } from './filled-sheet.ts';
import { fillingOf } from './filling.ts';
import { followedPart, followedTail, isDropped } from './followers.ts';
import type { Growth } from './references.ts';
import { sheetSource } from './sheet-source.ts';
import { findTarget, related } from './target.ts';
import { readXml } from './xml.ts';

/**
 * The parts of a workbook of one's own with the table's rows in its sheet or table. What refers to those rows follows
 * them, every other part is the same byte for byte. Throws `invalid` or `DATA_ERROR` where the template does not fit.
 */
export async function* templateParts(
  { columns, rows }: Table,
  template: TemplateOptions,
  options: XlsxOptions,
  { further, note, open }: FileContext,
): AsyncGenerator<Entry> {
  const feed = rowFeed(rows);
  try {
    if (further.length > 0) throw onlyOneTable();
    const parts = await openPackage(await open(template.upload));
    const target = await findTarget(parts, template);
    const source = sheetSource(await readXml(parts, target.sheetPart));
    const styled = await withDates(
      parts,
      target.workbook,
      await fillingOf(parts, target, source, columns, template),
    );
    let growth: Growth | undefined;
    const settle = (settled: Growth) => {
      growth = settled;
      return followedTail(source.tail, settled);
    };
    yield {
      path: target.sheetPart,
      bytes: encoded(filledSheet(styled.filling, feed, options, note, settle)),
    };
    for (const name of parts.names) {
      if (name === target.sheetPart || isDropped(name) || !growth) continue;
      const changed = styled.parts.get(name) ?? (await followedPart(parts, name, target, growth));
      yield { path: name, bytes: changed === undefined ? await parts.read(name) : Buffer.from(changed) };
    }
  } finally {
    await feed.close();
  }
}

/** The filling with dates that look like dates, and the template's styles where that takes further ones. */
async function withDates(
  parts: Package,
  workbook: string,
  filling: Filling,
): Promise<{ filling: Filling; parts: ReadonlyMap<string, string> }> {
  const [found] = await related(parts, workbook, 'styles');
  if (!found || !parts.has(found.part)) return { filling, parts: new Map() };
  const before = await readXml(parts, found.part);
  const { styles, slots } = withDateStyles(before, filling.slots, filling.columns);
  return {
    filling: { ...filling, slots },
    parts: new Map(styles === before ? [] : [[found.part, styles]]),
  };
}

function onlyOneTable(): EntrepotError {
  return new EntrepotError('invalid', 'A template takes one table. Export the others without it.');
}
