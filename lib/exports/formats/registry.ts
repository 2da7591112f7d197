import { z } from 'zod';
import type { FileContext, Format, Table } from './contract.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';

/** Every format by its id. */
export const formats = { csv, json, ndjson };

/** What an export's definition says of its format: `{ type, options }`, the options those of that format. */
export const formatChoice = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('csv'), options: csv.options.prefault({}) }),
  z.strictObject({ type: z.literal('json'), options: json.options.prefault({}) }),
  z.strictObject({ type: z.literal('ndjson'), options: ndjson.options.prefault({}) }),
]);
export type FormatChoice = z.infer<typeof formatChoice>;

export function formatOf(choice: FormatChoice): Format {
  return formats[choice.type];
}

/** The file as it grows: `table` in the chosen format. */
export function encode(choice: FormatChoice, table: Table, context: FileContext): AsyncGenerator<Uint8Array> {
  return formatOf(choice).encode(table, choice.options, context);
}
