import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { copyCsv } from '#lib/exports/copy-path.ts';
import { csv } from '#lib/exports/formats/csv.ts';
import type { Ground } from '#tests/bench/ground.ts';
import { discard } from './discard.ts';
import { readLargeTable } from './large-table.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

/** The baseline of compression: `gzip -6` of the file that the large table's CSV export writes. */
export async function gzip(ground: Ground): Promise<Measured> {
  const path = join(ground.folder, 'exported.csv');
  if (!existsSync(path)) await writeCsv(ground, path);
  return timed(() => {
    const program = spawn('gzip', ['-6', '--stdout', path], { stdio: ['ignore', 'pipe', 'inherit'] });
    return discard(program.stdout);
  });
}

function writeCsv(ground: Ground, path: string): Promise<void> {
  return readLargeTable(ground, {}, ({ client }, plan) =>
    pipeline(copyCsv(client, plan, csv.options.parse({})), createWriteStream(path)),
  );
}
