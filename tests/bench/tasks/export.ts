import { type ExportDefinition, exportDefinition } from '#lib/exports/definition.ts';
import { fileBytes, newTally } from '#lib/exports/file.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { planSource } from '#lib/exports/source.ts';
import type { Ground, LargeTable } from '#tests/bench/ground.ts';
import { readLargeTable } from './large-table.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

interface ExportOptions {
  readonly format: {
    readonly type: ExportDefinition['format']['type'];
    readonly options?: Readonly<Record<string, unknown>>;
  };
  readonly compression?: ExportDefinition['compression'];
  readonly table?: LargeTable;
  readonly limit?: number;
  /** How many times the file is written, one after another; once where absent. */
  readonly times?: number;
}

/** A large table as an export writes it, which counts and hashes the file by itself. */
export function exportFile(
  ground: Ground,
  { table = 'flights', limit, times = 1, ...shape }: ExportOptions,
): Promise<Measured> {
  const definition = exportDefinition.parse({ name: 'bench', dataset: 'any', ...shape });
  return readLargeTable(ground, { table, ...(limit && { limit }) }, ({ client }, plan) =>
    timed(async () => {
      let megabytes = 0;
      const context = fileContext({ title: 'bench' });
      for (let time = 0; time < times; time += 1) {
        const tally = newTally();
        for await (const _ of fileBytes(planSource(client, plan), definition, context, tally));
        megabytes = tally.bytes / 1e6;
      }
      return { megabytes };
    }),
  );
}
