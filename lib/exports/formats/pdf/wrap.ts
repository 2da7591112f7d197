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
/** More than a line has on the widest paper, at the least size. */
const MOST_LETTERS = 1_000;
const lineEnds = /\r\n?|\u2028|\u2029/g;

/** A cell as a page shows it: letters composed, lines ended by LF, tabs as blanks, nothing that cannot be seen. */
export function shown(cell: string): string {
  if (plain.test(cell)) return cell;
  return cell.normalize('NFC').replace(lineEnds, '\n').replaceAll('\t', '    ').replace(unseen, '');
}

/** `whole`, as `shown` gives it, in lines no wider than `width` (thousandths of the font's size), `most` of them at most. */
export function wrap(type: Typesetter, whole: string, width: number, most: number): Wrapped {
  const text = whole.slice(0, most * MOST_LETTERS);
  const isCut = text.length < whole.length;
  const line = text.includes('\n') ? undefined : type.set(text);
  if (line && line.width <= width) return { lines: [line], isCut };
  const texts: string[] = [];
  for (const next of broken(type, text, width)) {
    if (texts.length === most) return { lines: cut(type, texts, width), isCut: true };
    texts.push(next);
  }
  return { lines: texts.map(type.set), isCut };
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
  const letters = Array.from(text.slice(0, MOST_LETTERS));
  const first = (count: number) => letters.slice(0, count).join('');
  let [fitting, exceeding] = [1, letters.length + 1];
  while (exceeding - fitting > 1) {
    const middle = Math.floor((fitting + exceeding) / 2);
    if (type.widthOf(first(middle)) > width) exceeding = middle;
    else fitting = middle;
  }
  return first(fitting);
}

function cut(type: Typesetter, texts: readonly string[], width: number): Line[] {
  const last = texts.at(-1) ?? '';
  const room = width - type.widthOf(ELLIPSIS);
  const rest = type.widthOf(last) <= room ? last : start(type, last, room);
  return [...texts.slice(0, -1), `${rest}${ELLIPSIS}`].map(type.set);
}
