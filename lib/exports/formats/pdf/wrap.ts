import type { Line, Typesetter } from './fonts.ts';

export interface Wrapped {
  readonly lines: readonly Line[];
  /** Whether there was more than the lines hold. */
  readonly isCut: boolean;
}

const ELLIPSIS = '…';
/** Joiners, marks of direction, of variants and of byte order. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
export const plain = /^[\x20-\x7E]*$/;
const lineEnds = /\r\n?|\u2028|\u2029/g;

/** A cell as a page shows it: letters composed, lines ended by LF, tabs as blanks, nothing that cannot be seen. */
export function shown(cell: string): string {
  if (plain.test(cell)) return cell;
  return cell.normalize('NFC').replace(lineEnds, '\n').replaceAll('\t', '    ').replace(unseen, '');
}

/** `text`, as `shown` gives it, in lines no wider than `width` (thousandths of the font's size), `most` of them at most. */
export function wrap(type: Typesetter, text: string, width: number, most: number): Wrapped {
  const line = text.includes('\n') ? undefined : type.set(text);
  if (line && line.width <= width) return { lines: [line], isCut: false };
  const texts: string[] = [];
  for (const next of broken(type, text, width)) {
    if (texts.length === most) return { lines: cut(type, texts, width), isCut: true };
    texts.push(next);
  }
  return { lines: texts.map(type.set), isCut: false };
}

function* broken(type: Typesetter, text: string, width: number): Generator<string> {
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(/(?<= )/)) {
      if (line !== '' && type.widthOf(line + word.trimEnd()) > width) {
        yield line.trimEnd();
        line = '';
      }
      line += word;
      while (type.widthOf(line.trimEnd()) > width) {
        const fitting = start(type, line, width);
        yield fitting;
        line = line.slice(fitting.length);
      }
    }
    yield line.trimEnd();
  }
}

/** As many of a text's first letters as fit, and at least one. */
function start(type: Typesetter, text: string, width: number): string {
  let fitting = '';
  for (const letter of text) {
    if (fitting !== '' && type.widthOf(fitting + letter) > width) break;
    fitting += letter;
  }
  return fitting;
}

function cut(type: Typesetter, texts: readonly string[], width: number): Line[] {
  const last = texts.at(-1) ?? '';
  const room = width - type.widthOf(ELLIPSIS);
  const rest = type.widthOf(last) <= room ? last : start(type, last, room);
  return [...texts.slice(0, -1), `${rest}${ELLIPSIS}`].map(type.set);
}
