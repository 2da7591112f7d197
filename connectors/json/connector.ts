import { defineConnector, type Page } from '#connectors/contract.ts';
import { openTextFile } from '#connectors/file-body.ts';
import { type FileSource, filePages } from '#connectors/file-pages.ts';
import type { ApiSource } from './api/answer.ts';
import { apiPages } from './api/pages.ts';
import { isApi, type JsonConfig, jsonDefinition } from './definition.ts';
import { discreet } from './discreet.ts';
import { type JsonBatch, jsonRows } from './rows.ts';

type JsonSource = FileSource<JsonBatch> & ApiSource;

const accept = 'application/json, application/x-ndjson, */*;q=0.5';

/** Reads the objects of a JSON array, of NDJSON lines or of the pages of an API, in flat memory. */
export const jsonConnector = defineConnector({
  definition: jsonDefinition,
  connect: async (config, credentials, context): Promise<JsonSource> => ({
    config,
    credentials,
    context,
    open: (asking) => openTextFile(config, credentials, accept, context, asking),
    rows: (file) => jsonRows(file, config),
  }),
  check: async (source: JsonSource) => {
    try {
      return isApi(source.config) ? await checkApi(source) : await checkFile(source);
    } catch (error) {
      throw discreet(error, source.credentials);
    }
  },
  streams: { rows: { read } },
});

async function* read(source: JsonSource, cursor: unknown, since: unknown): AsyncGenerator<Page> {
  try {
    yield* (isApi(source.config) ? apiPages : filePages)(source, cursor, since);
  } catch (error) {
    throw discreet(error, source.credentials);
  }
}

async function checkFile(source: JsonSource): Promise<string> {
  let name = 'NDJSON';
  for await (const { format, pieces } of source.rows(await source.open())) {
    name = format === 'json' ? nameOf(source.config) : 'NDJSON';
    const first = pieces.find((piece) => 'row' in piece);
    if (first) return `${name}: ${firstRow(Object.keys(first.row.values))}.`;
  }
  return `${name}, without any rows in it.`;
}

/** One call: the first page of the API, or its first window of time. */
async function checkApi(source: JsonSource): Promise<string> {
  const name = nameOf(source.config);
  for await (const { rows, complete } of apiPages(source, null, null)) {
    const where = source.config.windows ? 'in the first window of time' : 'in it';
    if (!rows[0]) return `${name}, without any rows ${where}.`;
    return `${name}: ${firstRow(Object.keys(rows[0].values))}. ${complete ? 'It is all on one page.' : 'There may be more pages.'}`;
  }
  return `${name}, without any rows in it.`;
}

function nameOf({ rowsPath }: JsonConfig): string {
  return `JSON ${rowsPath ? `with rows at "${rowsPath}"` : 'array'}`;
}

const NAMED_FIELDS = 5;

function firstRow(names: readonly string[]): string {
  const more = names.length > NAMED_FIELDS ? ', …' : '';
  const count = `${names.length} ${names.length === 1 ? 'field' : 'fields'}`;
  return `its first row has ${count}, ${names.slice(0, NAMED_FIELDS).join(', ')}${more}`;
}
