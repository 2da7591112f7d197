import { PAGE_MAX_BYTES } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { type CellContext, cellValue } from './cell.ts';
import { TextCollector } from './shared-strings.ts';
import { type Attributes, parseXml, type XmlHandlers } from './xml.ts';

/** A row of a sheet that has at least one cell with something in it. */
export interface SheetRow {
  /** As Excel shows it, counted from 1. */
  readonly number: number;
  /** By column, counted from 0; holes where nothing stands. */
  readonly cells: readonly unknown[];
  readonly bytes: number;
}

/** As many as Excel has: XFD is the last. */
const MAX_COLUMNS = 16_384;

/** The rows of a sheet in batches, in order, in flat memory. */
export async function* sheetRows(
  bytes: AsyncIterable<Uint8Array>,
  context: CellContext,
): AsyncGenerator<SheetRow[]> {
  const reader = new SheetReader(context);
  for await (const _ of parseXml(bytes, reader.handlers)) {
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
}

/** Puts rows together out of what the sheet's XML tells. */
class SheetReader {
  readonly handlers: XmlHandlers = {
    open: (name, attributes) => this.#open(name, attributes),
    text: (text) => this.#addText(text),
    close: (name) => this.#close(name),
  };
  readonly #context: CellContext;
  readonly #inline = new TextCollector();
  #rows: SheetRow[] = [];
  #number = 0;
  #cells: unknown[] = [];
  #bytes = 0;
  #column = -1;
  #attributes: Attributes = {};
  #value = '';
  #isInValue = false;

  constructor(context: CellContext) {
    this.#context = context;
  }

  /** The rows that have been completed since the last call. */
  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #open(name: string, attributes: Attributes): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#isInValue = true;
    else if (name === 'row') this.#openRow(attributes);
    else this.#inline.open(name);
  }

  #addText(text: string): void {
    if (this.#isInValue) this.#value += text;
    else this.#inline.add(text);
  }

  #close(name: string): void {
    if (name === 'c') this.#closeCell();
    else if (name === 'v') this.#isInValue = false;
    else if (name === 'row') this.#closeRow();
    else this.#inline.close(name);
  }

  /** Where a row or cell does not say where it stands, it follows the one before. */
  #openRow({ r }: Attributes): void {
    this.#number = r === undefined ? this.#number + 1 : Number(r);
    this.#column = -1;
    this.#cells = [];
    this.#bytes = 0;
  }

  #openCell(attributes: Attributes): void {
    this.#attributes = attributes;
    this.#column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r);
    this.#value = '';
    this.#inline.start();
  }

  #closeCell(): void {
    const { t: type, s: style } = this.#attributes;
    const text = type === 'inlineStr' ? this.#inline.end() : this.#value;
    if (text === '') return;
    if (!(this.#column < MAX_COLUMNS)) throw this.#tooWide();
    const value = cellValue({ type, style: Number(style ?? 0), text }, this.#context);
    if (value === '') return;
    this.#cells[this.#column] = value;
    this.#bytes += typeof value === 'string' ? Buffer.byteLength(value) : text.length;
    if (this.#bytes > PAGE_MAX_BYTES) throw this.#tooWide();
  }

  #closeRow(): void {
    if (this.#cells.length === 0) return;
    this.#rows.push({ number: this.#number, cells: this.#cells, bytes: this.#bytes });
  }

  #tooWide(): EntrepotError {
    const problem = `Row ${this.#number} of the sheet has more than 8 MB or ${MAX_COLUMNS} columns`;
    return new EntrepotError('DATA_ERROR', `${problem}: no workbook that Excel saved has.`);
  }
}

/** `AB12` is in column 27, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) & ~0x20;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column - 1;
}
