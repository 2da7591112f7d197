import { defineFormat } from './contract.ts';
import { type JsonOptions, jsonOptions, objectEncoder } from './json-cells.ts';

/** One JSON object a line. */
export const ndjson = defineFormat<JsonOptions>({
  id: 'ndjson',
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  options: jsonOptions,
  async *encode(rows, columns, options) {
    const object = objectEncoder(columns, options);
    for await (const batch of rows) {
      let text = '';
      for (const row of batch) text += `${object(row)}\n`;
      yield Buffer.from(text);
    }
  },
});
