import { z } from 'zod';
import type { FileContext, Format, Table } from './contract.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import { parquet } from './parquet/parquet.ts';
import { pdf } from './pdf/pdf.ts';
import { xlsx } from './xlsx/xlsx.ts';

/** Every format by its id. */
export const formats = { csv, json, ndjson, parquet, pdf, xlsx };

const choice = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('csv'), options: csv.options.prefault({}) }),
    z.strictObject({ type: z.literal('json'), options: json.options.prefault({}) }),
    z.strictObject({ type: z.literal('ndjson'), options: ndjson.options.prefault({}) }),
    z.strictObject({ type: z.literal('parquet'), options: parquet.options.prefault({}) }),
    z.strictObject({ type: z.literal('pdf'), options: pdf.options.prefault({}) }),
    z.strictObject({ type: z.literal('xlsx'), options: xlsx.options.prefault({}) }),
  ])
  .meta({ id: 'FileFormat', outputId: 'StoredFileFormat', description: 'A format and its options.' });

/** What an export's definition says of its format: `{ type, options }`, the options those of that format. */
export const formatChoice = z.preprocess(withoutAlias, choice);
export type FormatChoice = z.infer<typeof choice>;

export function formatOf(choice: FormatChoice): Format {
  return formats[choice.type];
}

/** The file as it grows: `table` in the chosen format. */
export function encode(choice: FormatChoice, table: Table, context: FileContext): AsyncGenerator<Uint8Array> {
  return formatOf(choice).encode(table, choice.options, context);
}

/** `excel` is taken as `xlsx`. */
function withoutAlias(given: z.input<typeof choice>): unknown {
  return (given as { type?: unknown } | null)?.type === 'excel' ? { ...given, type: 'xlsx' } : given;
}
