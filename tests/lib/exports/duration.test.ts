import { describe, expect, it } from 'vitest';
import { exportDefinition } from '#lib/exports/definition.ts';
import { durationWarnings, estimateSeconds } from '#lib/exports/duration.ts';

const csv = exportDefinition.parse({ name: 'x', dataset: 'x' });
const json = exportDefinition.parse({ name: 'x', dataset: 'x', format: { type: 'json' } });
const crlf = exportDefinition.parse({
  name: 'x',
  dataset: 'x',
  format: { type: 'csv', options: { lineEnd: 'crlf' } },
});

describe('how long a run may take', () => {
  it('grows with rows and columns, and is more where rows pass through JavaScript', () => {
    const copied = estimateSeconds(1_000_000, 12, csv);
    expect(copied).toBe(24);
    expect(estimateSeconds(2_000_000, 6, csv)).toBe(copied);
    expect(estimateSeconds(1_000_000, 12, json)).toBe(30);
    expect(estimateSeconds(1_000_000, 12, crlf)).toBe(30);
  });

  it('is said past 70 % of the longest slice, with what to do', () => {
    expect(durationWarnings(1_000_000, 12, json, 43)).toEqual([]);
    expect(durationWarnings(1_000_000, 12, json, 42)).toEqual([
      expect.stringMatching(/about 30 seconds.*ended after 42.*limit/),
    ]);
  });
});
