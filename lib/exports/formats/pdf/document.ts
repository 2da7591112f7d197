import PDFDocument from 'pdfkit';
import type { FileMetadata } from '#lib/exports/formats/contract.ts';
import { type EmbeddedFont, fontFiles, type Typesetter, typesetter } from './fonts.ts';
import type { Paper } from './paper.ts';

/** A PDF as it grows: a page is written once it is added, and its bytes are to be taken soon. */
export interface Document {
  readonly regular: Typesetter;
  readonly bold: Typesetter;
  /** Adds a page with what `operators` draw. They may draw `TOTAL_FORM`. */
  addPage(paper: Paper, operators: string): void;
  /** The bytes since the last time, or null. */
  take(): Uint8Array | null;
  /** Ends the file, `operators` being what is drawn wherever a page draws `TOTAL_FORM`. */
  end(operators: string): void;
}

/** What is drawn on every page, but is known only at the end. */
export const TOTAL_FORM = 'Total';
/** Room for it, in points: from the left, below, to the right and above. */
const FORM_BOX = [0, -10, 200, 40];

export function openDocument(title: string, metadata: FileMetadata): Document {
  const info = { Title: title, Creator: 'Entrepot', Entrepot: JSON.stringify(metadata) };
  const pdf = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: '1.7',
    displayTitle: true,
    font: fontFiles.regular,
    // Else every word that is shaped would be kept.
    fontLayoutCache: false,
    info,
  });
  const regular = fontOf(pdf);
  const bold = fontOf(pdf.font(fontFiles.bold));
  const resources = { Font: { [regular.id]: regular.ref(), [bold.id]: bold.ref() } };
  const total = pdf.ref({ Type: 'XObject', Subtype: 'Form', BBox: FORM_BOX, Resources: resources });
  return {
    regular: typesetter(regular),
    bold: typesetter(bold),
    addPage({ width, height }, operators) {
      pdf.addPage({ size: [width, height], margin: 0 });
      Object.assign(pdf.page.fonts, resources.Font);
      Object.assign(pdf.page.xobjects, { [TOTAL_FORM]: total });
      // pdfkit turns its pages upside down.
      pdf.addContent(`1 0 0 -1 0 ${height} cm\n${operators}`);
      pdf.flushPages();
    },
    take: () => pdf.read(),
    end(operators) {
      total.end(operators);
      pdf.end();
    },
  };
}

function fontOf(pdf: PDFKit.PDFDocument): EmbeddedFont {
  return (pdf as unknown as { readonly _font: EmbeddedFont })._font;
}
