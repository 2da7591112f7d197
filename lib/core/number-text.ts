/** How a number is written. */
export interface NumberMarks {
  /** Places behind the point, rounded half up (away from zero); as many as there are where absent. */
  readonly decimals?: number | undefined;
  readonly decimalSeparator: string;
  /** Between groups of three digits. */
  readonly thousandsSeparator: string;
}

const plain = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Writes the `CellText` of numbers, exactly; `NaN` and `Infinity` stay as they are. */
export function numberWriter({
  decimals,
  decimalSeparator,
  thousandsSeparator,
}: NumberMarks): (cell: string) => string {
  return (cell) => {
    const rounded = decimals === undefined ? cell : roundedText(cell, decimals);
    const [, sign = '', whole, fraction] = plain.exec(rounded) ?? [];
    if (whole === undefined) return cell;
    const grouped = thousandsSeparator === '' ? whole : groups(whole).join(thousandsSeparator);
    return `${sign}${grouped}${fraction === undefined ? '' : decimalSeparator + fraction}`;
  };
}

/** A decimal with exactly so many places, rounded half up (away from zero); what is no plain number stays as it is. */
export function roundedText(text: string, places: number): string {
  const [, sign = '', whole, fraction = ''] = plain.exec(text) ?? [];
  if (whole === undefined) return text;
  const kept = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  const magnitude = fraction.charAt(places) >= '5' ? kept + 1n : kept;
  const digits = String(magnitude).padStart(places + 1, '0');
  const minus = magnitude === 0n ? '' : sign;
  return places === 0 ? `${minus}${digits}` : `${minus}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function groups(digits: string): string[] {
  const first = digits.length % 3;
  const rest = digits.slice(first).match(/\d{3}/g) ?? [];
  return first === 0 ? rest : [digits.slice(0, first), ...rest];
}
