import { defineConnector, type Page } from '#connectors/contract.ts';
import { type FileBody, openTextFile } from '#connectors/file-body.ts';
import { paginate } from '#connectors/paging.ts';
import { type JsonConfig, jsonDefinition } from './definition.ts';
import { type JsonBatch, jsonRows } from './rows.ts';

interface JsonFile {
  readonly config: JsonConfig;
  readonly open: () => Promise<FileBody>;
}

const accept = 'application/json, application/x-ndjson, */*;q=0.5';

/** Reads the objects of a JSON array, or of NDJSON lines, in flat memory. */
export const jsonConnector = defineConnector({
  definition: jsonDefinition,
  connect: async (config, credentials, context): Promise<JsonFile> => ({
    config,
    open: () => openTextFile(config, credentials, accept, context),
  }),
  check: async (file) => {
    let name = 'NDJSON';
    for await (const { format, pieces } of rowsOf(file)) {
      name = format === 'json' ? `JSON ${place(file.config)}` : 'NDJSON';
      const first = pieces.find((piece) => 'row' in piece);
      if (first) return `${name}: ${firstRow(Object.keys(first.row.values))}.`;
    }
    return `${name}, without any rows in it.`;
  },
  streams: {
    rows: {
      read: (file: JsonFile, cursor): AsyncGenerator<Page> => paginate(rowsOf(file), cursor),
    },
  },
});

async function* rowsOf({ config, open }: JsonFile): AsyncGenerator<JsonBatch> {
  yield* jsonRows(await open(), config);
}

function place({ rowsPath }: JsonConfig): string {
  return rowsPath ? `with rows at "${rowsPath}"` : 'array';
}

const NAMED_FIELDS = 5;

function firstRow(names: readonly string[]): string {
  const more = names.length > NAMED_FIELDS ? ', …' : '';
  const count = `${names.length} ${names.length === 1 ? 'field' : 'fields'}`;
  return `its first row has ${count}, ${names.slice(0, NAMED_FIELDS).join(', ')}${more}`;
}
