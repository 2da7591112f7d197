import type { CellText } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import type { Typesetter } from './fonts.ts';
import { mostLines } from './heights.ts';
import type { PdfOptions } from './options.ts';
import { type Paper, paperOf } from './paper.ts';
import { hasTotal } from './totals.ts';
import { shown } from './wrap.ts';

/** Between a cell's text and its sides, in points. */
export const PADDING = 3.5;

/** How the columns are laid out on every page, in points. */
export interface Layout {
  readonly paper: Paper;
  readonly fontSize: number;
  readonly widths: readonly number[];
}

/** What a column needs, in thousandths of the font's size. */
interface Need {
  /** For every line of the cells seen to stand in one. */
  readonly natural: number;
  /** For a narrow column to be read still. */
  readonly least: number;
}

const LEAST_FONT_SIZE = 5;
const FONT_STEP = 0.5;
/** Of text that is wrapped: about a dozen letters. */
const LEAST_TEXT = 6_000;
/** Of anything: about four letters. */
const LEAST_ANY = 2_000;
/** A cell counts no further: past this a column is wrapped in any case. */
const MOST_LETTERS = 200;
/** Numbers further down may have a digit more than those seen, and their sum a few more, in bold. */
const NUMBER_SLACK = 600;
const TOTAL_SLACK = 3_600;
/** Columns that leave room on the page grow into it, so much at most. */
const MOST_GROWTH = 1.5;
/** Portrait is kept where text has to give way no more than this. */
const PORTRAIT_SQUEEZE = 1.15;

/**
 * Fits the columns to the rows seen, with smaller letters where need be, so that a page has room for a row too; throws
 * `invalid` where the columns cannot fit.
 */
export function layOut(
  columns: readonly OutputColumn[],
  rows: readonly (readonly CellText[])[],
  options: PdfOptions,
  type: { readonly regular: Typesetter; readonly bold: Typesetter },
): Layout {
  const needs = columns.map((column, place) =>
    needOf(
      column,
      rows.map((row) => row[place] ?? ''),
      slackOf(column, options),
      type,
    ),
  );
  const paper = choosePaper(needs, options);
  for (let size = options.fontSize; size >= LEAST_FONT_SIZE; size -= FONT_STEP) {
    const widths = widthsFor(needs, size, paper.contentWidth);
    if (widths && mostLines(paper, size) > 0) return { paper, fontSize: size, widths };
  }
  const bare = needs.map(({ natural }) => ({ natural, least: Math.min(natural, LEAST_ANY) }));
  const widths = widthsFor(bare, LEAST_FONT_SIZE, paper.contentWidth);
  if (widths) return { paper, fontSize: LEAST_FONT_SIZE, widths };
  throw new EntrepotError(
    'invalid',
    `${columns.length} columns do not fit on a page. Choose fewer columns, larger paper or landscape.`,
  );
}

function slackOf({ type }: OutputColumn, { totals }: PdfOptions): number {
  if (type !== 'integer' && type !== 'decimal') return 0;
  return hasTotal(type, totals) ? TOTAL_SLACK : NUMBER_SLACK;
}

function needOf(
  { header, type }: OutputColumn,
  column: readonly string[],
  slack: number,
  { regular, bold }: { readonly regular: Typesetter; readonly bold: Typesetter },
): Need {
  const cells = column.map((cell) => widestLine(regular, shown(cell.slice(0, MOST_LETTERS))));
  const widest = cells.reduce((most, each) => Math.max(most, each), 0) + slack;
  const heading = shown(header);
  const natural = Math.max(widest, widestLine(bold, heading));
  const word = Math.max(...heading.split(/[ \n]/).map(bold.widthOf));
  const isText = type === 'text' || type === 'json';
  return { natural, least: isText ? Math.min(natural, Math.max(word, LEAST_TEXT)) : Math.max(widest, word) };
}

function widestLine(type: Typesetter, text: string): number {
  return text.includes('\n') ? Math.max(...text.split('\n').map(type.widthOf)) : type.widthOf(text);
}

function choosePaper(needs: readonly Need[], { paper, orientation, margin, fontSize }: PdfOptions): Paper {
  const portrait = paperOf(paper, margin, 'portrait');
  if (orientation === 'portrait') return portrait;
  const natural = needs.reduce((sum, need) => sum + inPoints(need.natural, fontSize), 0);
  const isNarrow = natural <= portrait.contentWidth * PORTRAIT_SQUEEZE;
  return orientation === 'auto' && isNarrow ? portrait : paperOf(paper, margin, 'landscape');
}

function inPoints(thousandths: number, fontSize: number): number {
  return (thousandths * fontSize) / 1_000 + 2 * PADDING;
}

/** Widths between what each column needs at least and at best; undefined where even the least do not fit. */
function widthsFor(needs: readonly Need[], fontSize: number, available: number): number[] | undefined {
  const natural = needs.map((need) => inPoints(need.natural, fontSize));
  const least = needs.map((need) => inPoints(need.least, fontSize));
  const best = sum(natural);
  if (best <= available) return natural.map((each) => each * Math.min(MOST_GROWTH, available / best));
  if (sum(least) > available) return undefined;
  const capped = (cap: number) =>
    natural.map((each, place) => Math.max(least[place] ?? 0, Math.min(each, cap)));
  // The widest give way first, down to the cap at which all fit.
  let [low, high] = [0, Math.max(...natural)];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (sum(capped(middle)) > available) high = middle;
    else low = middle;
  }
  return capped(low);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
