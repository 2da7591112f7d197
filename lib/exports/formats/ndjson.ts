import { objectEncoder } from '#lib/core/json-object.ts';
import { defineFormat } from './contract.ts';
import { jsonValues, type NdjsonOptions, ndjsonOptions } from './json-options.ts';

/** One JSON object a line. */
export const ndjson = defineFormat<NdjsonOptions>({
  id: 'ndjson',
  label: 'NDJSON',
  goodFor:
    'One JSON object a line, for programs that read row by row, such as BigQuery. Best for very large files.',
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  options: ndjsonOptions,
  async *encode({ rows, columns }, options) {
    const object = objectEncoder(columns, options.numbers, jsonValues(options));
    for await (const batch of rows) {
      let text = '';
      for (const row of batch) text += `${object(row)}\n`;
      yield Buffer.from(text);
    }
  },
});
