import PDFDocument from 'pdfkit';
import type { FileMetadata } from '#lib/exports/formats/contract.ts';
import { deflater } from './deflater.ts';
import { type EmbeddedFont, fontFiles, type Typesetter, typesetter } from './fonts.ts';
import { type PagesNode, pageTree, type Reference } from './page-tree.ts';
import type { Paper } from './paper.ts';

/** A PDF as it grows: a page is written once it is added, and its bytes are to be taken soon. */
export interface Document {
  readonly regular: Typesetter;
  readonly bold: Typesetter;
  /** Adds a page with what `operators` draw. They may draw `TOTAL_FORM`. One at a time; they may change once it is added. */
  addPage(paper: Paper, operators: Uint8Array): Promise<void>;
  /** The bytes since the last time, or null. */
  take(): Uint8Array | null;
  /** Ends the file, `operators` being what is drawn wherever a page draws `TOTAL_FORM`. */
  end(operators: Uint8Array): void;
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
  const file = pdf as unknown as Inner;
  const regular = file._font;
  pdf.font(fontFiles.bold);
  const bold = file._font;
  const fonts = { Font: { [regular.id]: regular.ref(), [bold.id]: bold.ref() } };
  const total = pdf.ref({ Type: 'XObject', Subtype: 'Form', BBox: FORM_BOX, Resources: fonts });
  const root = file._root.data.Pages;
  root.data.Resources = { ...fonts, XObject: { [TOTAL_FORM]: total } };
  const pages = pageTree(file, root);
  const deflate = deflater();
  return {
    regular: typesetter(regular),
    bold: typesetter(bold),
    async addPage(paper, operators) {
      pages.add(paper, await deflate(operators));
    },
    take: () => pdf.read(),
    end(operators) {
      total.end(operators);
      pages.end();
      pdf.end();
    },
  };
}

/** What the types of pdfkit leave out. */
interface Inner {
  readonly _font: EmbeddedFont;
  readonly _root: { readonly data: { readonly Pages: Reference<PagesNode> } };
  ref<T extends object>(data: T): Reference<T>;
}
