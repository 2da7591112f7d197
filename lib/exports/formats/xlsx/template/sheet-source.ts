import { EntrepotError } from '#lib/core/errors.ts';
import { cellOf } from './target.ts';

/** A cell of the template as it stands in the file. */
export interface SourceCell {
  readonly column: number;
  readonly xml: string;
  /** The number of its style; 0 where none is said. */
  readonly style: number;
  /** Its formula, as it is written; undefined where it has none. */
  readonly formula: string | undefined;
  readonly isEmpty: boolean;
}

export interface SourceRow {
  readonly number: number;
  /** What the row says of itself beside its number and span. */
  readonly attributes: string;
  readonly cells: readonly SourceCell[];
}

/** A sheet of the template: its rows, and what stands before and behind them. */
export interface SourceSheet {
  readonly head: string;
  readonly rows: readonly SourceRow[];
  readonly tail: string;
}

const data = /<sheetData\s*(?:\/>|>([\s\S]*?)<\/sheetData>)/;
const row = /<row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/row>)/g;
const cell = /<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g;

/** Takes a sheet's XML apart; throws `DATA_ERROR` where it is not written as Excel writes it. */
export function sheetSource(xml: string): SourceSheet {
  const found = data.exec(xml);
  if (!found) {
    throw new EntrepotError(
      'DATA_ERROR',
      'The sheet of the template is written in an unusual way. Open the template in Excel, save it, and upload it again.',
    );
  }
  let number = 0;
  const rows = Array.from((found[1] ?? '').matchAll(row), ([, attributes = '', cells = '']): SourceRow => {
    number = Number(attribute(attributes, 'r') ?? number + 1);
    return {
      number,
      attributes: attributes.replaceAll(/\s(?:r|spans)="[^"]*"/g, ''),
      cells: cellsOf(cells),
    };
  });
  const start = xml.slice(0, found.index).replace(/<dimension\b[^>]*\/>/, '');
  return {
    head: `${start}<sheetData>`,
    rows,
    tail: `</sheetData>${xml.slice(found.index + found[0].length)}`,
  };
}

function cellsOf(xml: string): SourceCell[] {
  let column = -1;
  return Array.from(xml.matchAll(cell), ([whole, attributes = '', content = '']): SourceCell => {
    const reference = attribute(attributes, 'r');
    column = reference === undefined ? column + 1 : cellOf(reference).column;
    const formula = /<f\b[^>]*>([^<]*)<\/f>/.exec(content)?.[1];
    return {
      column,
      xml: whole,
      style: Number(attribute(attributes, 's') ?? 0),
      formula,
      isEmpty: content === '',
    };
  });
}

function attribute(attributes: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1];
}
