import type { CellText } from '#lib/core/columns.ts';
import type { FileContext, RowBatches, Table } from '#lib/exports/formats/contract.ts';
import { rowSetter, type SetCell } from './cells.ts';
import { type Document, openDocument } from './document.ts';
import type { Line } from './fonts.ts';
import { HEADING_LINES, mostLines } from './heights.ts';
import type { PdfOptions } from './options.ts';
import { Pages } from './pages.ts';
import { runningTotals } from './totals.ts';
import { layOut } from './widths.ts';

type Row = readonly CellText[];
type Context = Pick<FileContext, 'title' | 'metadata' | 'note'>;

/** The columns are fitted to so many rows. */
const SEEN_ROWS = 500;

/** The table as a PDF, page by page. Throws `invalid` where the columns do not fit on the paper. */
export async function* pdfFile(
  table: Pick<Table, 'columns' | 'rows'>,
  options: PdfOptions,
  context: Context,
): AsyncGenerator<Uint8Array> {
  const title = options.title || context.title;
  const document = openDocument(title, context.metadata);
  let body: Body | undefined;
  for await (const rows of withStart(table.rows, SEEN_ROWS)) {
    body ??= bodyOf(document, table.columns, rows, options, { ...context, title });
    for (const row of rows) await body.add(row);
    const bytes = document.take();
    if (bytes) yield bytes;
  }
  body ??= bodyOf(document, table.columns, [], options, { ...context, title });
  await body.end();
  for (let bytes = document.take(); bytes; bytes = document.take()) yield bytes;
}

interface Body {
  add(row: Row): Promise<void>;
  end(): Promise<void>;
}

/** The table's rows on pages, whose layout is fitted to `seen`. */
function bodyOf(
  document: Document,
  columns: Table['columns'],
  seen: readonly Row[],
  options: PdfOptions,
  { title, note }: Context,
): Body {
  const { regular, bold } = document;
  const layout = layOut(columns, seen, options, { regular, bold });
  const lines = Math.min(options.lines, mostLines(layout.paper, layout.fontSize));
  const setRow = rowSetter(columns, layout, { type: regular, lines, note });
  const setBold = rowSetter(columns, layout, { type: bold, lines: HEADING_LINES, note: () => undefined });
  const headings = setBold(columns.map(({ header }) => header));
  const pages = new Pages(document, { ...layout, options, title, headings });
  const totals = runningTotals(columns, options.totals);
  let isEmpty = true;
  return {
    async add(row) {
      isEmpty = false;
      totals?.add(row);
      await pages.row(setRow(row));
    },
    async end() {
      if (isEmpty) pages.remark('No rows');
      else if (totals) await pages.totals(labelled(setBold(totals.row()), bold.set('Total')));
      await pages.end();
    },
  };
}

/** A row with a label in its first empty cell, even where that is wider than its column. */
function labelled(cells: readonly SetCell[], label: Line): readonly SetCell[] {
  const place = cells.findIndex(({ lines }) => lines.every(({ codes }) => codes === ''));
  return place < 0 ? cells : cells.with(place, { lines: [label], isRight: false });
}

/** The same rows, the first of them together: as many as `count`, or all. */
async function* withStart(rows: RowBatches, count: number): AsyncGenerator<readonly Row[]> {
  let start: Row[] | undefined = [];
  for await (const batch of rows) {
    if (start === undefined) yield batch;
    else {
      start.push(...batch);
      if (start.length < count) continue;
      yield start;
      start = undefined;
    }
  }
  if (start !== undefined && start.length > 0) yield start;
}
