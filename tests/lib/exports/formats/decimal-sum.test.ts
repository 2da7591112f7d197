import { describe, expect, it } from 'vitest';
import { decimalSum } from '#lib/exports/formats/decimal-sum.ts';

describe('a sum of decimals', () => {
  it.each([
    [['0.1', '0.2'], '0.3'],
    [['12345678901234567890.12', '-0.125'], '12345678901234567889.995'],
    [['-1', '0.999'], '-0.001'],
    [['9007199254740993', '1'], '9007199254740994'],
    [[], '0'],
  ])('is exact: %j is %s', (decimals, total) => {
    const sum = decimalSum();
    for (const decimal of decimals) sum.add(decimal);
    expect(sum.value()).toBe(total);
  });
});
