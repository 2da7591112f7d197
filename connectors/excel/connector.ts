import { defineConnector, type Page } from '#connectors/contract.ts';
import { type FileBody, openFile } from '#connectors/file-body.ts';
import { paginate } from '#connectors/paging.ts';
import { type ExcelConfig, excelDefinition } from './definition.ts';
import { type ExcelBatch, excelRows } from './rows.ts';
import { sheetNames } from './workbook.ts';

interface ExcelFile {
  readonly config: ExcelConfig;
  readonly open: () => Promise<FileBody>;
}

const accept = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5';

/** Reads one sheet of an Excel workbook row by row. */
export const excelConnector = defineConnector({
  definition: excelDefinition,
  connect: async (config, credentials, context): Promise<ExcelFile> => ({
    config,
    open: () => openFile(config, credentials, accept, context),
  }),
  check: async (file) => {
    for await (const batch of rowsOf(file)) return whatWasFound(batch);
    return '';
  },
  streams: {
    rows: {
      read: (file: ExcelFile, cursor): AsyncGenerator<Page> => paginate(rowsOf(file), cursor),
    },
  },
});

async function* rowsOf({ config, open }: ExcelFile): AsyncGenerator<ExcelBatch> {
  yield* excelRows((await open()).bytes, config);
}

const NAMED_COLUMNS = 5;

function whatWasFound({ sheet, sheets, columns, pieces }: ExcelBatch): string {
  const names = columns.slice(0, NAMED_COLUMNS).join(', ');
  const more = columns.length > NAMED_COLUMNS ? ', …' : '';
  const count = `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  const rows = pieces.length === 0 ? ' There are no rows in it.' : '';
  return `Sheet "${sheet.name}" with ${count}: ${names}${more}.${rows} Sheets: ${sheetNames(sheets)}.`;
}
