import { defineFormat } from '#lib/exports/formats/contract.ts';
import { options, type PdfOptions } from './options.ts';

/**
 * The table on pages, with its headings on each. Cells are written as they are; the widths of columns are fitted to
 * the first rows. Memory grows by some dozen bytes a page.
 */
export const pdf = defineFormat<PdfOptions>({
  id: 'pdf',
  label: 'PDF',
  goodFor: 'To print, to sign or to send to someone who only reads: pages that look the same everywhere.',
  extension: 'pdf',
  mediaType: 'application/pdf',
  options,
  async *encode(table, chosen, context) {
    // What writes it is large, and loaded where a PDF is written alone.
    const { pdfFile } = await import('./file.ts');
    yield* pdfFile(table, chosen, context);
  },
});
