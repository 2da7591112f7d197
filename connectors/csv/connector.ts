import { defineConnector, type Page } from '#connectors/contract.ts';
import { type FileBody, openTextFile } from '#connectors/file-body.ts';
import { paginate } from '#connectors/paging.ts';
import { decodeText } from '#lib/core/decode-text.ts';
import { type CsvConfig, csvDefinition, encodingTitles } from './definition.ts';
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
    open: () => openTextFile(config, credentials, 'text/csv, */*;q=0.5', context),
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
  yield* csvRows(decodeText(body.bytes, config.encoding), config);
}

const NAMED_COLUMNS = 5;

function whatWasFound({ columns, header, dialect, encoding, pieces }: CsvBatch): string {
  const names = columns.slice(0, NAMED_COLUMNS).join(', ');
  const more = columns.length > NAMED_COLUMNS ? ', …' : '';
  const delimiter = dialect.delimiter === '\t' ? 'tab' : dialect.delimiter;
  const written = encoding === 'utf-8' ? '' : ` in ${encodingTitles[encoding]}`;
  const rows = pieces.length === 0 ? ' There are no rows in it.' : '';
  return (
    `CSV${written} with ${columns.length} ${columns.length === 1 ? 'column' : 'columns'} (delimiter ${delimiter}) ` +
    `and ${header ? 'a header' : 'no header'}: ${names}${more}.${rows}`
  );
}
