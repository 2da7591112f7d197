import type { Line } from './fonts.ts';

/** Shades of grey, from 0 (black) to 1 (white). */
export const ink = { text: 0.1, faint: 0.45, rule: 0.8, heading: 0.9, stripe: 0.965 } as const;

const RULE_WIDTH = 0.4;
/** More than a page usually takes. */
const FIRST_BYTES = 128 * 1_024;

/** What is drawn on a page, in the order in which it is drawn; places are in points from its lower left corner. */
export interface Painter {
  /** A line of text that begins at `x` and stands on `y`. */
  text(line: Line, font: string, size: number, x: number, y: number, grey: number): void;
  fill(x: number, y: number, width: number, height: number, grey: number): void;
  frame(x: number, y: number, width: number, height: number, grey: number): void;
  /** A rule from left to right. */
  rule(from: number, to: number, y: number, grey: number): void;
  /** What is drawn elsewhere, moved to `x`, `y`. */
  form(name: string, x: number, y: number): void;
  /** The operators since the last time, as annex A of ISO 32000 lists them, until something else is drawn. */
  take(): Uint8Array;
}

export function painter(): Painter {
  let drawn = Buffer.allocUnsafe(FIRST_BYTES);
  let length = 0;
  function draw(operators: string): void {
    const needed = length + operators.length;
    if (needed > drawn.length) drawn = Buffer.concat([drawn], 2 * needed);
    length += drawn.write(operators, length, 'latin1');
  }
  const box = (...sides: number[]) => `${sides.map(short).join(' ')} re`;
  return {
    text({ codes }, font, size, x, y, grey) {
      if (codes === '') return;
      draw(`${grey} g BT /${font} ${short(size)} Tf ${short(x)} ${short(y)} Td <${codes}> Tj ET\n`);
    },
    fill(x, y, width, height, grey) {
      draw(`${grey} g ${box(x, y, width, height)} f\n`);
    },
    frame(x, y, width, height, grey) {
      draw(`${grey} G ${RULE_WIDTH} w ${box(x, y, width, height)} S\n`);
    },
    rule(from, to, y, grey) {
      draw(`${grey} G ${RULE_WIDTH} w ${short(from)} ${short(y)} m ${short(to)} ${short(y)} l S\n`);
    },
    form(name, x, y) {
      draw(`q 1 0 0 1 ${short(x)} ${short(y)} cm /${name} Do Q\n`);
    },
    take() {
      const operators = drawn.subarray(0, length);
      length = 0;
      return operators;
    },
  };
}

function short(points: number): number {
  return Math.round(points * 100) / 100;
}
