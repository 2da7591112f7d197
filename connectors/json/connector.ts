import { defineConnector } from '#connectors/contract.ts';
import { openTextFile } from '#connectors/file-body.ts';
import { type FileSource, filePages } from '#connectors/file-pages.ts';
import { type JsonConfig, jsonDefinition } from './definition.ts';
import { type JsonBatch, jsonRows } from './rows.ts';

interface JsonFile extends FileSource<JsonBatch> {
  readonly config: JsonConfig;
}

const accept = 'application/json, application/x-ndjson, */*;q=0.5';

/** Reads the objects of a JSON array, or of NDJSON lines, in flat memory. */
export const jsonConnector = defineConnector({
  definition: jsonDefinition,
  connect: async (config, credentials, context): Promise<JsonFile> => ({
    config,
    open: (asking) => openTextFile(config, credentials, accept, context, asking),
    rows: (file) => jsonRows(file, config),
  }),
  check: async (source: JsonFile) => {
    let name = 'NDJSON';
    for await (const { format, pieces } of source.rows(await source.open())) {
      name = format === 'json' ? `JSON ${place(source.config)}` : 'NDJSON';
      const first = pieces.find((piece) => 'row' in piece);
      if (first) return `${name}: ${firstRow(Object.keys(first.row.values))}.`;
    }
    return `${name}, without any rows in it.`;
  },
  streams: { rows: { read: filePages } },
});

function place({ rowsPath }: JsonConfig): string {
  return rowsPath ? `with rows at "${rowsPath}"` : 'array';
}

const NAMED_FIELDS = 5;

function firstRow(names: readonly string[]): string {
  const more = names.length > NAMED_FIELDS ? ', …' : '';
  const count = `${names.length} ${names.length === 1 ? 'field' : 'fields'}`;
  return `its first row has ${count}, ${names.slice(0, NAMED_FIELDS).join(', ')}${more}`;
}
