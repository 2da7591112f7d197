import { defineConnector } from '#connectors/contract.ts';
import { openFile } from '#connectors/file-body.ts';
import { type FileSource, filePages } from '#connectors/file-pages.ts';
import { excelDefinition } from './definition.ts';
import { type ExcelBatch, excelRows } from './rows.ts';
import { sheetNames } from './workbook.ts';

const accept = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5';

/** Reads one sheet of an Excel workbook row by row. */
export const excelConnector = defineConnector({
  definition: excelDefinition,
  connect: async (config, credentials, context): Promise<FileSource<ExcelBatch>> => ({
    config,
    open: (asking) => openFile(config, credentials, accept, context, asking),
    rows: (file) => excelRows(file.bytes, config),
  }),
  check: async (source: FileSource<ExcelBatch>) => {
    for await (const batch of source.rows(await source.open())) return whatWasFound(batch);
    return '';
  },
  streams: { rows: { read: filePages } },
});

const NAMED_COLUMNS = 5;

function whatWasFound({ sheet, sheets, columns, pieces }: ExcelBatch): string {
  const names = columns.slice(0, NAMED_COLUMNS).join(', ');
  const more = columns.length > NAMED_COLUMNS ? ', …' : '';
  const count = `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  const rows = pieces.length === 0 ? ' There are no rows in it.' : '';
  return `Sheet "${sheet.name}" with ${count}: ${names}${more}.${rows} Sheets: ${sheetNames(sheets)}.`;
}
