import PDFDocument from 'pdfkit';
import { rowBatches } from '#lib/exports/row-path.ts';
import type { Ground } from '#tests/bench/ground.ts';
import { discard } from './discard.ts';
import { readLargeTable } from './large-table.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

const MARGIN = 34;
const LINE = 15.4;
const SIZE = 8;

/** The baseline of PDF: the same rows by pdfkit's `text()`, in its own font, with neither headings nor shades. */
export function pdfkit(ground: Ground, { rows }: { readonly rows: number }): Promise<Measured> {
  return readLargeTable(ground, { limit: rows }, ({ client }, plan) =>
    timed(async () => {
      const pdf = new PDFDocument({ size: 'A4', layout: 'landscape', margin: 0, autoFirstPage: false });
      const read = discard(pdf);
      let y = Number.POSITIVE_INFINITY;
      for await (const batch of rowBatches(client, plan.select())) {
        for (const row of batch) {
          if (y + LINE > 595 - MARGIN) {
            pdf.addPage().fontSize(SIZE);
            y = MARGIN;
          }
          const width = (842 - 2 * MARGIN) / row.length;
          for (const [place, cell] of row.entries()) {
            pdf.text(cell ?? '', MARGIN + place * width, y, { lineBreak: false });
          }
          y += LINE;
        }
      }
      pdf.end();
      return read;
    }),
  );
}
