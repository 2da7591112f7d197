import { defineConnector } from '#connectors/contract.ts';
import { openTextFile } from '#connectors/file-body.ts';
import { type FileSource, filePages } from '#connectors/file-pages.ts';
import { decodeText } from '#lib/core/decode-text.ts';
import { csvDefinition, encodingTitles } from './definition.ts';
import { type CsvBatch, csvRows } from './rows.ts';

const accept = 'text/csv, */*;q=0.5';

/** Reads a CSV file row by row, in flat memory. */
export const csvConnector = defineConnector({
  definition: csvDefinition,
  connect: async (config, credentials, context): Promise<FileSource<CsvBatch>> => ({
    config,
    open: (asking) => openTextFile(config, credentials, accept, context, asking),
    rows: (file) => csvRows(decodeText(file.bytes, config.encoding), config),
  }),
  check: async (source: FileSource<CsvBatch>) => {
    for await (const batch of source.rows(await source.open())) return whatWasFound(batch);
    return '';
  },
  streams: { rows: { read: filePages } },
});

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
