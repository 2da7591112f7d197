import { cutToUnits, printable } from './text.ts';

const MAX_NAME = 31;
const forbidden = /[\\/?*[\]:]/g;

/** Gives each sheet of a workbook a name that Excel takes and that no sheet before it has. */
export function sheetNamer(): (wanted: string, number?: number) => string {
  // Excel keeps this name for itself.
  const taken = new Set(['history']);
  return (wanted, number = 1) => {
    const base = permitted(wanted);
    for (let count = number; ; count += 1) {
      const suffix = count === 1 ? '' : ` ${count}`;
      const name = trimmed(cutToUnits(base, MAX_NAME - suffix.length)) + suffix;
      if (taken.has(name.toLowerCase())) continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}

function permitted(wanted: string): string {
  const plain = printable(wanted).replaceAll(forbidden, ' ').replaceAll(/ {2,}/g, ' ');
  return trimmed(plain) || 'Sheet';
}

/** No name may begin or end with an apostrophe. */
function trimmed(name: string): string {
  return name.replaceAll(/^[' ]+|[' ]+$/g, '');
}

/** As it is written in a formula. */
export function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
