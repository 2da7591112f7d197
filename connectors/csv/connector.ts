import { defineConnector, type Page } from '#connectors/contract.ts';
import { type FileBody, openFile } from '#connectors/file-body.ts';
import { paginate } from '#connectors/paging.ts';
import { decodeUtf8 } from '#lib/core/utf8.ts';
import { type CsvConfig, csvDefinition } from './definition.ts';
import { type CsvBatch, csvRows } from './rows.ts';

interface CsvFile {
  readonly config: CsvConfig;
  readonly open: () => Promise<FileBody>;
}

/** Reads a CSV file row by row, in flat memory. */
export const csvConnector = defineConnector({
  definition: csvDefinition,
  connect: async (config, credentials, context): Promise<CsvFile> => ({
    config,
    open: () => openFile(config, credentials, 'text/csv, */*;q=0.5', context),
  }),
  check: async (file) => {
    for await (const batch of rowsOf(file)) return whatWasFound(batch);
    return '';
  },
  streams: {
    rows: {
      read: (file: CsvFile, cursor): AsyncGenerator<Page> => paginate(rowsOf(file), cursor),
    },
  },
});

async function* rowsOf({ config, open }: CsvFile): AsyncGenerator<CsvBatch> {
  const body = await open();
  yield* csvRows(decodeUtf8(body.bytes), config);
}

const NAMED_COLUMNS = 5;

function whatWasFound({ columns, header, dialect, pieces }: CsvBatch): string {
  const names = columns.slice(0, NAMED_COLUMNS).join(', ');
  const more = columns.length > NAMED_COLUMNS ? ', …' : '';
  const delimiter = dialect.delimiter === '\t' ? 'tab' : dialect.delimiter;
  const rows = pieces.length === 0 ? ' There are no rows in it.' : '';
  return (
    `CSV with ${columns.length} ${columns.length === 1 ? 'column' : 'columns'} (delimiter ${delimiter}) ` +
    `and ${header ? 'a header' : 'no header'}: ${names}${more}.${rows}`
  );
}
