import type { PdfOptions } from './options.ts';

/** A page, in points. */
export interface Paper {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
  readonly contentWidth: number;
}

const POINTS_OF_MILLIMETRE = 72 / 25.4;

/** Width and height of portrait, in millimetres. */
const sizes = {
  a5: [148, 210],
  a4: [210, 297],
  a3: [297, 420],
  letter: [215.9, 279.4],
  legal: [215.9, 355.6],
  tabloid: [279.4, 431.8],
} as const satisfies Record<PdfOptions['paper'], readonly [number, number]>;

export function paperOf(
  size: PdfOptions['paper'],
  marginMm: number,
  orientation: 'portrait' | 'landscape',
): Paper {
  const [short, long] = sizes[size].map((side) => side * POINTS_OF_MILLIMETRE) as [number, number];
  const [width, height] = orientation === 'portrait' ? [short, long] : [long, short];
  const margin = marginMm * POINTS_OF_MILLIMETRE;
  return { width, height, margin, contentWidth: width - 2 * margin };
}
