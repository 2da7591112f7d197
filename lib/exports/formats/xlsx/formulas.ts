import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { misfit } from '#lib/exports/formats/misfit.ts';
import { letters, placeOf, type SheetColumn } from './columns.ts';
import type { FormulaOptions } from './enrichment-options.ts';

/** A column that Excel reckons. */
export interface FormulaColumn extends SheetColumn {
  /** As its header. */
  readonly source: string;
  /** Its formula in that row, without the `=`. */
  at(row: number): string;
}

/** A text in quotes, a column in braces, or what stands between those. */
const pieces = /"[^"]*"|\{[^{}]+\}|[^"{]+/g;

/** Each may use the columns of the file and those before it. Throws `invalid` for a name that is not there. */
export function formulaColumns(
  formulas: readonly FormulaOptions[],
  columns: readonly OutputColumn[],
): FormulaColumn[] {
  const known: Pick<OutputColumn, 'header' | 'source'>[] = [...columns];
  return formulas.map(({ header, formula, format }, at) => {
    const option = `formulas.${at}.formula`;
    if (known.some((column) => column.header === header)) {
      throw misfit(`formulas.${at}.header`, `another column is already called "${header}"`);
    }
    const found = balanced(formula, option).slice(1).match(pieces) ?? [];
    const parts = found.map((piece) => {
      if (!piece.startsWith('{')) return () => piece;
      const letter = letters(placeOf(known, piece.slice(1, -1), option));
      return (row: number) => letter + row;
    });
    known.push({ header, source: header });
    return {
      header,
      source: header,
      type: 'decimal',
      numFmt: format,
      at: (row) => parts.map((part) => part(row)).join(''),
    };
  });
}

/** Excel refuses the whole file where a formula is not even closed. */
function balanced(formula: string, option: string): string {
  const bare = formula.replaceAll(/"[^"]*"/g, '').replaceAll(/\{[^{}]+\}/g, '');
  let depth = 0;
  for (const character of bare) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) break;
  }
  if (depth === 0 && !/["{}]/.test(bare)) return formula;
  throw misfit(option, `the formula ${formula} is not closed: count its brackets and quotes`);
}
