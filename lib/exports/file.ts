import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { gzip } from '#lib/exports/compression.ts';
import { canCopy, copyCsv } from '#lib/exports/copy-path.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { FileContext, RowBatches } from '#lib/exports/formats/contract.ts';
import type { CsvOptions } from '#lib/exports/formats/csv.ts';
import { encode, formatOf } from '#lib/exports/formats/registry.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { rowBatches } from '#lib/exports/row-path.ts';

type Shape = Pick<ExportDefinition, 'format' | 'compression'>;

/** What is known of a file by the time its last byte has been read. */
export interface Tally {
  rows: number;
  bytes: number;
  sha256: string;
}

/**
 * The export's file as it grows, counted into `tally`: `rows` is what has been written so far (by its line
 * ends alone where Postgres writes the file); at the end everything is exact.
 */
export async function* fileBytes(
  client: ClientBase,
  plan: Plan,
  { format, compression }: Shape,
  context: FileContext,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  const text =
    format.type === 'csv' && canCopy(format.options)
      ? copied(client, plan, format.options, tally)
      : encode(
          format,
          { name: context.title, columns: plan.columns, rows: counted(client, plan, tally) },
          context,
        );
  const hash = createHash('sha256');
  yield* tap(compression === 'gzip' ? gzip(text) : text, (chunk) => {
    tally.bytes += chunk.length;
    hash.update(chunk);
  });
  tally.sha256 = hash.digest('hex');
}

/** The extension and media type of the file; gzip is a wrapping of its own, not an encoding of the transfer. */
export function fileKind({ format, compression }: Shape): { extension: string; mediaType: string } {
  const { extension, mediaType } = formatOf(format);
  return compression === 'gzip'
    ? { extension: `${extension}.gz`, mediaType: 'application/gzip' }
    : { extension, mediaType };
}

async function* copied(
  client: ClientBase,
  plan: Plan,
  options: CsvOptions,
  tally: Tally,
): AsyncGenerator<Uint8Array> {
  const file = copyCsv(client, plan, options);
  const count = async function* () {
    tally.rows = yield* file;
  };
  yield* tap(count(), (chunk) => {
    tally.rows += lineEndsIn(chunk);
  });
}

function counted(client: ClientBase, plan: Plan, tally: Tally): RowBatches {
  return tap(rowBatches(client, plan.select()), (batch) => {
    tally.rows += batch.length;
  });
}

async function* tap<T>(source: AsyncIterable<T>, look: (item: T) => void): AsyncGenerator<T> {
  for await (const item of source) {
    look(item);
    yield item;
  }
}

const LINE_FEED = 10;

function lineEndsIn(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) count++;
  return count;
}
