import { valueText } from '#app/(dashboard)/sources/_mapping/sample.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';

interface KeyVerdict {
  /** How many rows the key tells apart. */
  readonly identifies: number;
  /** Of so many. */
  readonly rows: number;
}

/** How well columns tell the rows read so far apart: all that were sampled where that is known, else those shown. */
export function keyVerdict(key: readonly string[], { keys, sampledRows, rows }: StreamPreview): KeyVerdict {
  const wanted = [...key].sort().join('\n');
  const known = keys.find(({ columns }) => [...columns].sort().join('\n') === wanted);
  if (known) return { identifies: known.identifies, rows: sampledRows };
  const texts = rows.map((row) => key.map((column) => valueText(row[column])));
  const whole = texts.filter((parts) => !parts.includes(''));
  return { identifies: new Set(whole.map((parts) => JSON.stringify(parts))).size, rows: rows.length };
}
