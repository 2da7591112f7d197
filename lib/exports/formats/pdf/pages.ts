import type { SetCell } from './cells.ts';
import { type Document, TOTAL_FORM } from './document.ts';
import type { Line } from './fonts.ts';
import { CELL_SPACE, FOOT_SIZE, LINE, RISE, TABLE_SPACE, TITLE_LINES, TITLE_SIZE } from './heights.ts';
import type { PdfOptions } from './options.ts';
import { ink, type Painter, painter } from './painter.ts';
import { type Layout, PADDING } from './widths.ts';
import { shown, wrap } from './wrap.ts';

/** What is the same on every page. */
export interface Look extends Layout {
  readonly options: PdfOptions;
  readonly title: string;
  readonly headings: readonly SetCell[];
}

type Face = 'regular' | 'bold';

/** The number of pages has room for so many digits. */
const MOST_PAGES = '0000';

/** The table on its pages, from the top down. A page goes to the document when the next begins. */
export class Pages {
  readonly #document: Document;
  readonly #look: Look;
  readonly #left: number;
  readonly #tableWidth: number;
  readonly #footSize: number;
  /** Where the table ends at the latest. */
  readonly #bottom: number;
  readonly #page: Painter = painter();
  #number = 0;
  #rows = 0;
  /** Where what is drawn next begins. */
  #y = 0;

  constructor(document: Document, look: Look) {
    const { paper, fontSize, widths, options } = look;
    this.#document = document;
    this.#look = look;
    this.#left = paper.margin;
    this.#tableWidth = widths.reduce((sum, width) => sum + width, 0);
    this.#footSize = fontSize * FOOT_SIZE;
    const hasFoot = options.pageNumbers || options.footer !== '';
    this.#bottom = paper.margin + (hasFoot ? this.#footSize * LINE + TABLE_SPACE : 0);
    this.#begin();
  }

  async row(cells: readonly SetCell[]): Promise<void> {
    const height = await this.#makeRoom(cells);
    if (this.#look.options.zebra && this.#rows % 2 === 1) this.#fill(height, ink.stripe);
    this.#ruleAcross(ink.rule);
    this.#draw(cells, height, 'regular');
    this.#rows += 1;
  }

  async totals(cells: readonly SetCell[]): Promise<void> {
    const height = await this.#makeRoom(cells);
    this.#ruleAcross(ink.text);
    this.#draw(cells, height, 'bold');
  }

  /** A line below the headings of a table that has no rows. */
  remark(text: string): void {
    const { fontSize } = this.#look;
    this.#y -= TABLE_SPACE;
    this.#text(this.#document.regular.set(text), 'regular', fontSize, this.#left, this.#y - fontSize * RISE);
  }

  async end(): Promise<void> {
    await this.#finish();
    const { regular } = this.#document;
    this.#text(regular.set(String(this.#number)), 'regular', this.#footSize, 0, 0);
    this.#document.end(this.#page.take());
  }

  /** How high a row is, for which there is room now. */
  async #makeRoom(cells: readonly SetCell[]): Promise<number> {
    const height = this.#heightOf(cells);
    if (this.#y - height < this.#bottom) {
      await this.#finish();
      this.#begin();
    }
    return height;
  }

  #begin(): void {
    const { paper, headings } = this.#look;
    this.#number += 1;
    this.#y = paper.height - paper.margin;
    this.#drawTitle();
    const height = this.#heightOf(headings);
    this.#fill(height, ink.heading);
    this.#draw(headings, height, 'bold');
  }

  async #finish(): Promise<void> {
    this.#ruleAcross(ink.rule);
    this.#drawFoot();
    await this.#document.addPage(this.#look.paper, this.#page.take());
  }

  /** Large on the first page, small on those that follow. */
  #drawTitle(): void {
    const { title, fontSize, paper } = this.#look;
    const isFirst = this.#number === 1;
    const size = isFirst ? fontSize * TITLE_SIZE : fontSize;
    const room = (paper.contentWidth * 1_000) / size;
    const { lines } = wrap(this.#document.bold, shown(title), room, isFirst ? TITLE_LINES : 1);
    for (const line of lines) {
      this.#text(line, 'bold', size, this.#left, this.#y - size * RISE, isFirst ? ink.text : ink.faint);
      this.#y -= size * LINE;
    }
    this.#y -= TABLE_SPACE;
  }

  /** The owner's line at the left, and which page this is at the right. */
  #drawFoot(): void {
    const { paper, options } = this.#look;
    const { regular } = this.#document;
    const size = this.#footSize;
    const base = paper.margin + size * (LINE - RISE);
    const end = paper.width - paper.margin - (regular.widthOf(MOST_PAGES) * size) / 1_000;
    const page = regular.set(`Page ${this.#number} of `);
    const start = end - (page.width * size) / 1_000;
    const room = ((start - this.#left) * 1_000) / size;
    const [foot] = wrap(regular, shown(options.footer), room, 1).lines;
    if (foot) this.#text(foot, 'regular', size, this.#left, base);
    if (!options.pageNumbers) return;
    this.#text(page, 'regular', size, start, base);
    this.#page.form(TOTAL_FORM, end, base);
  }

  #heightOf(cells: readonly SetCell[]): number {
    const most = cells.reduce((lines, cell) => Math.max(lines, cell.lines.length), 1);
    return most * this.#look.fontSize * LINE + 2 * CELL_SPACE;
  }

  /** Draws the cells of a row, and goes on below it. */
  #draw(cells: readonly SetCell[], height: number, face: Face): void {
    const { widths, fontSize, options } = this.#look;
    const top = this.#y - CELL_SPACE - fontSize * RISE;
    let x = this.#left;
    for (const [place, { lines, isRight }] of cells.entries()) {
      const width = widths[place] ?? 0;
      if (options.borders === 'grid') this.#page.frame(x, this.#y - height, width, height, ink.rule);
      for (const [at, line] of lines.entries()) {
        const start = isRight ? width - PADDING - (line.width * fontSize) / 1_000 : PADDING;
        this.#text(line, face, fontSize, x + start, top - at * fontSize * LINE, ink.text);
      }
      x += width;
    }
    this.#y -= height;
  }

  #text(line: Line, face: Face, size: number, x: number, y: number, grey: number = ink.faint): void {
    this.#page.text(line, this.#document[face].font.id, size, x, y, grey);
  }

  #fill(height: number, grey: number): void {
    this.#page.fill(this.#left, this.#y - height, this.#tableWidth, height, grey);
  }

  #ruleAcross(grey: number): void {
    if (this.#look.options.borders === 'none') return;
    this.#page.rule(this.#left, this.#left + this.#tableWidth, this.#y, grey);
  }
}
