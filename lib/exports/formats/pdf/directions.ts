const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
/** A word that is read from right to left, or all that stands between two of them. */
const parts = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+|[^\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+/g;
const letter = /\p{L}/u;
/** What stands between words and belongs to no direction, and within it perhaps words or numbers from the left. */
const between = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su;
const pairs = '()[]{}<>«»‹›';

/** Whether a text holds letters that are read from right to left. */
export function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}

/** Whether a text as a whole is read from right to left, as its first letter says. */
export function startsFromRight(text: string): boolean {
  return rightToLeft.test(letter.exec(text)?.[0] ?? '');
}

/**
 * The parts of a line in the order in which they are drawn from left to right. Words that are read from right to left
 * stay whole. This is Unicode's algorithm for a line of one direction that holds words of the other, without its
 * further levels.
 */
export function visualOrder(line: string): string[] {
  const all: string[] = line.match(parts) ?? [];
  return startsFromRight(line)
    ? turned(all)
    : runs(all).flatMap((run) => (run.length > 1 ? turned(run) : run));
}

/** Words that follow each other from right to left, with what stands between them; all else by itself. */
function runs(all: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const [place, part] of all.entries()) {
    const last = found.at(-1);
    const follows = last !== undefined && isRightToLeft(last[0] ?? '');
    const joins = isRightToLeft(part) || (place < all.length - 1 && between.exec(part)?.[2] === '');
    if (follows && joins) last.push(part);
    else found.push([part]);
  }
  return found;
}

function turned(all: readonly string[]): string[] {
  return all.toReversed().map((part) => (isRightToLeft(part) ? part : aroundTurned(part)));
}

function aroundTurned(part: string): string {
  return part.replace(between, (_, before: string, middle: string, after: string) => {
    return mirrored(after) + middle + mirrored(before);
  });
}

function mirrored(signs: string): string {
  const each = Array.from(signs, (sign) => {
    const place = pairs.indexOf(sign);
    return place < 0 ? sign : (pairs[place + (place % 2 === 0 ? 1 : -1)] ?? sign);
  });
  return each.reverse().join('');
}
