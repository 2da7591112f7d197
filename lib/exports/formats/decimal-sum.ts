/** Adds decimal texts exactly, however long. */
export interface DecimalSum {
  add(decimal: string): void;
  value(): string;
}

export function decimalSum(): DecimalSum {
  let units = 0n;
  let scale = 0;
  return {
    add(decimal) {
      const point = decimal.indexOf('.');
      const digits = point < 0 ? 0 : decimal.length - point - 1;
      if (digits > scale) {
        units *= 10n ** BigInt(digits - scale);
        scale = digits;
      }
      const whole = BigInt(point < 0 ? decimal : decimal.slice(0, point) + decimal.slice(point + 1));
      units += digits === scale ? whole : whole * 10n ** BigInt(scale - digits);
    },
    value() {
      const sign = units < 0n ? '-' : '';
      const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
      const whole = digits.slice(0, digits.length - scale);
      return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
    },
  };
}
