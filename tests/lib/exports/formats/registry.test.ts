import { describe, expect, it } from 'vitest';
import { formatChoice, formatOf } from '#lib/exports/formats/registry.ts';

describe('the choice of a format', () => {
  it('takes excel for xlsx', () => {
    const chosen = formatChoice.parse({ type: 'excel', options: { numbers: 'number' } });
    expect(chosen).toMatchObject({ type: 'xlsx', options: { numbers: 'number', compression: 'fast' } });
    expect(formatOf(chosen).extension).toBe('xlsx');
  });

  it.each([null, 'excel', {}, { type: 'word' }])('refuses %j', (given) => {
    expect(formatChoice.safeParse(given).success).toBe(false);
  });
});
