import type { WriteSheet } from 'hucre/xlsx';
import type { OutputColumn, RowBatches } from '#lib/exports/formats/contract.ts';
import { chartOf, chartSheets, polishedChart } from './charts.ts';
import type { XlsxOptions } from './options.ts';
import { type Pivot, pivotOf, pivotSheets, polishedPivot } from './pivots.ts';
import { headerStyle } from './styles.ts';

/** The charts and pivot tables of a workbook, gathered while its rows pass. */
export interface Overview {
  /** The same rows, looked at as they go by. */
  watch(rows: RowBatches): RowBatches;
  /** Their sheets, once every row has passed. */
  sheets(nameOf: (wanted: string) => string): WriteSheet[];
  /** A part of the workbook with what the shell's author cannot say of charts and pivot tables. */
  polished(path: string, part: string): string;
}

const pivotPart = /^xl\/pivotTables\/pivotTable(\d+)\.xml$/;

/** Throws `invalid` where the options name what the file does not have. */
export function overviewOf(options: XlsxOptions, columns: readonly OutputColumn[]): Overview {
  const charts = options.charts.map((chart, index) => chartOf(chart, columns, `charts.${index}`));
  const pivots = options.pivotTables.map((pivot, index) => pivotOf(pivot, columns, `pivotTables.${index}`));
  const summaries = [...charts, ...pivots].map(({ summary }) => summary);
  const look = headerStyle(options);
  return {
    watch: (rows) => (summaries.length === 0 ? rows : watched(rows)),
    sheets: (nameOf) => [
      ...(charts.length === 0
        ? []
        : chartSheets(charts, { charts: nameOf('Charts'), data: nameOf('Chart data') }, look)),
      ...pivots.flatMap((pivot) =>
        pivotSheets(pivot, { pivot: nameOf('Pivot'), data: nameOf('Pivot data') }, look),
      ),
    ],
    polished(path, part) {
      const [, number] = pivotPart.exec(path) ?? [];
      if (number !== undefined) return polishedPivot(part, pivots[Number(number) - 1] as Pivot);
      return path.startsWith('xl/charts/') ? polishedChart(part) : part;
    },
  };

  async function* watched(rows: RowBatches): RowBatches {
    for await (const batch of rows) {
      for (const summary of summaries) for (const row of batch) summary.add(row);
      yield batch;
    }
  }
}
