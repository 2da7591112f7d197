import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { misfit } from '#lib/exports/formats/misfit.ts';
import { formulaColumns } from './formulas.ts';
import type { XlsxOptions } from './options.ts';
import { overviewOf } from './overview.ts';
import { conditionalRules, dataValidations } from './rules.ts';
import { totalCells } from './totals.ts';

const ANY_ROWS = { first: 2, last: 2 };

/**
 * Throws `invalid`, naming the option, where what a workbook has beside its rows does not fit the columns of its first
 * table, of which alone it is; and where a further one has no place.
 */
export function checkColumns(
  columns: readonly OutputColumn[],
  options: XlsxOptions,
  isFurther: boolean,
): void {
  if (isFurther && options.template) {
    throw misfit('template', 'a workbook that is filled takes one table: give this one an export of its own');
  }
  if (isFurther) return;
  // A workbook that is filled brings its own.
  if (options.template) return;
  overviewOf(options, columns);
  totalCells(options.totals, [...columns, ...formulaColumns(options.formulas, columns)], [], new Set());
  conditionalRules(options.conditionalFormats, columns, ANY_ROWS);
  dataValidations(options.validations, columns, ANY_ROWS);
}
