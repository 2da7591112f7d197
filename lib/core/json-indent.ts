const INDENT = '  ';
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Lays JSON out over lines as `JSON.stringify` does with two blanks, keeping every number as it is written. The text
 * may come in pieces that do not cut a string, a number or a word.
 */
export function jsonIndenter(): (piece: string) => string {
  let depth = 0;
  // Right behind an opening bracket: nothing may follow.
  let opened = false;
  const newLine = () => `\n${INDENT.repeat(depth)}`;
  const before = () => (opened ? newLine() : '');
  const laidOut = (mark: string): string => {
    if (mark === ':') return ': ';
    if (mark === ',') return `,${newLine()}`;
    if (mark === '}' || mark === ']') {
      depth -= 1;
      const end = `${opened ? '' : newLine()}${mark}`;
      opened = false;
      return end;
    }
    const text = before() + mark;
    opened = mark === '{' || mark === '[';
    if (opened) depth += 1;
    return text;
  };
  return (piece) => {
    let text = '';
    for (const [mark] of piece.matchAll(token)) text += laidOut(mark);
    return text;
  };
}
