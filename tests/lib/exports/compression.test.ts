import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gzip } from '#lib/exports/compression.ts';

async function compress(chunks: Uint8Array[]): Promise<Buffer> {
  const source = (async function* () {
    yield* chunks;
  })();
  return Buffer.concat(await Array.fromAsync(gzip(source)));
}

const lines = Buffer.from(
  Array.from({ length: 120_000 }, (_, row) => `${row},product ${row % 97},${(row * 1.37).toFixed(2)}\n`).join(
    '',
  ),
);

describe('gzip by blocks', () => {
  it('is one member that any reader unpacks to the same bytes', async () => {
    const packed = await compress([lines]);
    expect(lines.length).toBeGreaterThan(5 * 512 * 1024);
    expect(gunzipSync(packed).equals(lines)).toBe(true);
    const stream = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream('gzip'));
    expect(Buffer.from(await new Response(stream).arrayBuffer()).equals(lines)).toBe(true);
  });

  it('is at most 2 % larger than gzip -6', async () => {
    expect((await compress([lines])).length).toBeLessThan(1.02 * gzipSync(lines, { level: 6 }).length);
  });

  it('gives the same bytes however its input is cut', async () => {
    const whole = await compress([lines]);
    const cuts = fc.array(fc.integer({ min: 0, max: lines.length }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const ends = [0, ...at.toSorted((a, b) => a - b), lines.length];
        const chunks = ends.slice(1).map((end, place) => lines.subarray(ends[place], end));
        expect((await compress(chunks)).equals(whole)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });

  it('packs nothing at all', async () => {
    expect(gunzipSync(await compress([]))).toHaveLength(0);
  });

  it('throws what its source throws', async () => {
    const broken = (async function* () {
      yield lines;
      throw new Error('the source broke');
    })();
    await expect(Array.fromAsync(gzip(broken))).rejects.toThrow('the source broke');
  });
});
