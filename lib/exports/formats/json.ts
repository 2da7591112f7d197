import { jsonIndenter } from '#lib/core/json-indent.ts';
import { objectEncoder } from '#lib/core/json-object.ts';
import { defineFormat, type OutputColumn } from './contract.ts';
import type { JsonBody } from './json-body.ts';
import { nestedBody } from './json-nested.ts';
import { normalizedBody } from './json-normalized.ts';
import { type JsonOptions, jsonOptions, jsonValues } from './json-options.ts';

/**
 * `{ "metadata": …, "data": [ … ] }` with one row a line. The rows of groups come sorted by what they are grouped by;
 * of what normalised rows share, all that is different is held.
 */
export const json = defineFormat<JsonOptions>({
  id: 'json',
  label: 'JSON',
  goodFor: 'One document with all rows and a note on what they are. Keeps nested values as they are.',
  extension: 'json',
  mediaType: 'application/json',
  options: jsonOptions,
  check: (columns, options) => void bodyOf(columns, options),
  async *encode({ rows, columns }, options, { metadata }) {
    const body = bodyOf(columns, options);
    const layOut = options.pretty ? jsonIndenter() : (text: string) => text;
    const note = options.metadata ? `"metadata":${JSON.stringify(metadata)},` : '';
    yield Buffer.from(layOut(`{${note}"data":[`));
    for await (const batch of rows) {
      let text = '';
      for (const row of batch) text += body.row(row);
      yield Buffer.from(layOut(text));
    }
    yield Buffer.from(`${layOut(`${body.end()}}`)}\n`);
  },
});

function bodyOf(columns: readonly OutputColumn[], options: JsonOptions): JsonBody {
  if (options.structure === 'nested') return nestedBody(columns, options);
  if (options.structure === 'normalized') return normalizedBody(columns, options);
  const object = objectEncoder(columns, options.numbers, jsonValues(options));
  let separator = '\n';
  return {
    row(row) {
      const text = separator + object(row);
      separator = ',\n';
      return text;
    },
    end: () => '\n]',
  };
}
