import { defineFormat } from '#lib/exports/formats/contract.ts';
import { checkColumns } from './check.ts';
import { type XlsxOptions, xlsxOptions } from './options.ts';

const LEVELS = { fast: 1, small: 6 };

/** An Excel workbook: cells of real types, in one or more sheets that grow in flat memory. */
export const xlsx = defineFormat<XlsxOptions>({
  id: 'xlsx',
  label: 'Excel',
  goodFor: 'A workbook for people: numbers and dates that Excel reckons with, ready to filter and sort.',
  extension: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  compressed: true,
  holdsTables: true,
  options: xlsxOptions,
  check: checkColumns,
  async *encode(table, options, context) {
    // Loaded where a workbook is written, not wherever formats are listed.
    const [{ zip }, { templateParts }, { workbookParts }] = await Promise.all([
      import('#lib/core/zip.ts'),
      import('./template/fill.ts'),
      import('./workbook.ts'),
    ]);
    const { template, compression } = options;
    const entries = template
      ? templateParts(table, template, options, context)
      : workbookParts(table, options, context);
    yield* zip(entries, { level: LEVELS[compression] });
  },
});
