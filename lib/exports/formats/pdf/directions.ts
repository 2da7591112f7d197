const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
/** A word that is read from right to left, or all that stands between two of them. */
const parts = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+|[^\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]+/g;
const letter = /\p{L}/u;
const blanksAround = /^(\s*)(.*?)(\s*)$/s;
const onlyBetween = /^[^\p{L}\p{N}]+$/u;

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
 * stay whole. This is Unicode's algorithm without its levels: a line of one direction with words of the other.
 */
export function visualOrder(line: string): string[] {
  const all: string[] = line.match(parts) ?? [];
  if (startsFromRight(line)) return all.reverse().map((part) => part.replace(blanksAround, '$3$2$1'));
  return runs(all).flatMap((run) => run.reverse());
}

/** Words from right to left that follow each other, with the blanks between them; all else by itself. */
function runs(all: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const [place, part] of all.entries()) {
    const last = found.at(-1);
    const goesOn = last && isRightToLeft(last[0] ?? '');
    const next = all[place + 1];
    const isBetween = onlyBetween.test(part) && next !== undefined;
    if (goesOn && (isRightToLeft(part) || isBetween)) last.push(part);
    else found.push([part]);
  }
  return found;
}
