import { objectEncoder } from '#lib/core/json-object.ts';
import { defineFormat } from './contract.ts';
import { type JsonOptions, jsonOptions } from './json-options.ts';

/** One JSON object a line. */
export const ndjson = defineFormat<JsonOptions>({
  id: 'ndjson',
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  options: jsonOptions,
  async *encode(rows, columns, options) {
    const object = objectEncoder(columns, options.numbers);
    for await (const batch of rows) {
      let text = '';
      for (const row of batch) text += `${object(row)}\n`;
      yield Buffer.from(text);
    }
  },
});
