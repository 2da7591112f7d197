import type { Line } from './fonts.ts';

/** Shades of grey, from 0 (black) to 1 (white). */
export const ink = { text: 0.1, faint: 0.45, rule: 0.8, heading: 0.9, stripe: 0.965 } as const;

const RULE_WIDTH = 0.4;

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
  /** The operators so far, as annex A of ISO 32000 lists them. */
  operators(): string;
}

export function painter(): Painter {
  let drawn = '';
  const box = (...sides: number[]) => `${sides.map(short).join(' ')} re`;
  return {
    text({ codes }, font, size, x, y, grey) {
      if (codes === '') return;
      drawn += `${grey} g BT /${font} ${short(size)} Tf ${short(x)} ${short(y)} Td <${codes}> Tj ET\n`;
    },
    fill(x, y, width, height, grey) {
      drawn += `${grey} g ${box(x, y, width, height)} f\n`;
    },
    frame(x, y, width, height, grey) {
      drawn += `${grey} G ${RULE_WIDTH} w ${box(x, y, width, height)} S\n`;
    },
    rule(from, to, y, grey) {
      drawn += `${grey} G ${RULE_WIDTH} w ${short(from)} ${short(y)} m ${short(to)} ${short(y)} l S\n`;
    },
    form(name, x, y) {
      drawn += `q 1 0 0 1 ${short(x)} ${short(y)} cm /${name} Do Q\n`;
    },
    operators: () => drawn,
  };
}

function short(points: number): number {
  return Math.round(points * 100) / 100;
}
