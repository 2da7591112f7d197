import { objectEncoder } from '#lib/core/json-object.ts';
import { defineFormat } from './contract.ts';
import { type JsonOptions, jsonOptions } from './json-options.ts';

/** `{ "metadata": …, "data": [ … ] }` with one row a line. */
export const json = defineFormat<JsonOptions>({
  id: 'json',
  label: 'JSON',
  goodFor: 'One document with all rows and a note on what they are. Keeps nested values as they are.',
  extension: 'json',
  mediaType: 'application/json',
  options: jsonOptions,
  async *encode({ rows, columns }, options, { metadata }) {
    yield Buffer.from(`{"metadata":${JSON.stringify(metadata)},"data":[`);
    const object = objectEncoder(columns, options.numbers);
    let separator = '\n';
    for await (const batch of rows) {
      let text = '';
      for (const row of batch) {
        text += separator + object(row);
        separator = ',\n';
      }
      yield Buffer.from(text);
    }
    yield Buffer.from('\n]}\n');
  },
});
