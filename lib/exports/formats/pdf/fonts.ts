import { join } from 'node:path';
import { isRightToLeft, visualOrder } from './directions.ts';

/** Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian and Georgian letters, narrow enough for tables. */
const folder = join(process.cwd(), 'node_modules/dejavu-fonts-ttf/ttf');
export const fontFiles = {
  regular: join(folder, 'DejaVuSansCondensed.ttf'),
  bold: join(folder, 'DejaVuSansCondensed-Bold.ttf'),
};

/** A font as pdfkit embeds it: only with the glyphs that were encoded. */
export interface EmbeddedFont {
  readonly id: string;
  /** What the resources of a page name. */
  ref(): unknown;
  /** The glyphs of a word from left to right, and how wide each is in thousandths of its size. */
  encode(word: string): [codes: string[], positions: { readonly advanceWidth: number }[]];
}

/** A line of text as it is drawn. */
export interface Line {
  /** Its glyphs from left to right, in hexadecimal. */
  readonly codes: string;
  /** In thousandths of the font's size. */
  readonly width: number;
}

/** Sets text in one font. Letters that it lacks become a replacement character. */
export interface Typesetter {
  readonly font: EmbeddedFont;
  set(text: string): Line;
  /** In thousandths of the font's size. */
  widthOf(text: string): number;
  /** Whether the font has every letter of the text. */
  has(text: string): boolean;
}

interface Glyph {
  readonly code: string;
  readonly width: number;
  readonly isMissing: boolean;
}

const MISSING = '0000';
const REPLACEMENT = '\uFFFD';

export function typesetter(font: EmbeddedFont): Typesetter {
  const known = new Map<string, Glyph>();

  function glyphOf(letter: string): Glyph {
    let glyph = known.get(letter);
    if (glyph === undefined) {
      const [[code = MISSING], [position]] = font.encode(letter);
      const isMissing = (code === MISSING || letter < ' ') && letter !== REPLACEMENT;
      glyph = isMissing
        ? { ...glyphOf(REPLACEMENT), isMissing }
        : { code, width: position?.advanceWidth ?? 0, isMissing };
      known.set(letter, glyph);
    }
    return glyph;
  }

  function lettersToLine(text: string): Line {
    let codes = '';
    let width = 0;
    for (const letter of text) {
      const glyph = glyphOf(letter);
      codes += glyph.code;
      width += glyph.width;
    }
    return { codes, width };
  }

  /** Letters that join are shaped together, which turns them to be drawn from left to right. */
  function wordToLine(word: string): Line {
    const [codes, positions] = font.encode(word);
    const width = positions.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0);
    return { codes: codes.join(''), width };
  }

  function set(text: string): Line {
    if (!isRightToLeft(text)) return lettersToLine(text);
    const lines = visualOrder(text).map((part) =>
      isRightToLeft(part) ? wordToLine(part) : lettersToLine(part),
    );
    return {
      codes: lines.map(({ codes }) => codes).join(''),
      width: lines.reduce((sum, { width }) => sum + width, 0),
    };
  }

  return {
    font,
    set,
    widthOf: (text) => set(text).width,
    has: (text) => Array.from(text).every((letter) => !glyphOf(letter).isMissing),
  };
}
