import { Refusal } from './refusal.ts';

const LONGEST = 500;
const MOST_LEVELS = 20;
/** So many times may a part be repeated, the repeats of its own parts counted with it: more takes Postgres' memory. */
const MOST_REPEATS = 1_000;

const classes: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'A-Za-z0-9_',
  s: ' \\t\\n\\f\\r\\v',
};
/** The characters' codes; Postgres has the same letters for them. */
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** Where a pattern is being read, how deep, and how often what is read there is repeated around it. */
interface Reader {
  readonly text: string;
  at: number;
  level: number;
}

class Problem extends Error {}

/**
 * A regular expression as Postgres takes it, or why it is not one. The dialect is the part of RE2 that means the same
 * everywhere: `. ^ $ | ( ) (?: ) [ ] [^ ] * + ? {2,5} \d \D \w \W \s \S \b \B`, with `(?i)` at its beginning where
 * the case of letters does not count. It finds its pattern anywhere in a text unless `^` and `$` say otherwise; `.`
 * is any character but a line's end. Neither look-around nor back-references, which can take for ever.
 */
export function postgresPattern(text: string): string | Refusal {
  if (text.length > LONGEST) return new Refusal(`is longer than ${LONGEST} characters`);
  if (text.includes('\0') || !text.isWellFormed())
    return new Refusal('holds a character that no text can have');
  const anyCase = text.startsWith('(?i)') ? '(?i)' : '';
  const reader: Reader = { text, at: anyCase.length, level: 0 };
  try {
    const { pattern } = alternatives(reader);
    if (reader.at < text.length) throw new Problem('has a “)” without its “(”');
    // A group, so that nothing at the beginning is taken for an option of Postgres' own.
    return `${anyCase}(?:${pattern})`;
  } catch (error) {
    if (error instanceof Problem) return new Refusal(`${error.message} at character ${reader.at + 1}`);
    throw error;
  }
}

interface Piece {
  readonly pattern: string;
  /** How often its innermost part is repeated. */
  readonly repeats: number;
}

function alternatives(reader: Reader): Piece {
  const pieces: Piece[] = [];
  let pattern = '';
  while (reader.at < reader.text.length && reader.text[reader.at] !== ')') {
    if (reader.text[reader.at] === '|') {
      reader.at++;
      pattern += '|';
      continue;
    }
    const piece = repeated(reader, atom(reader));
    pieces.push(piece);
    pattern += piece.pattern;
  }
  return { pattern, repeats: pieces.reduce((sum, { repeats }) => sum + repeats, 0) };
}

function atom(reader: Reader): Piece {
  const character = String.fromCodePoint(reader.text.codePointAt(reader.at) as number);
  if (character === '(') return group(reader);
  if (character === '[') return { pattern: set(reader), repeats: 1 };
  if ('*+?{'.includes(character)) throw new Problem(`has a “${character}” with nothing before it to repeat`);
  reader.at += character.length;
  if (character === '\\') {
    const pattern = escaped(reader);
    return { pattern, repeats: /^\\y$/i.test(pattern) ? 0 : 1 };
  }
  if (character === '.') return { pattern: '[^\\n]', repeats: 1 };
  if (character === '^' || character === '$') return { pattern: character, repeats: 0 };
  return { pattern: literal(character), repeats: 1 };
}

function group(reader: Reader): Piece {
  const opening = reader.text.startsWith('(?:', reader.at) ? 3 : 1;
  if (opening === 1 && reader.text[reader.at + 1] === '?') {
    throw new Problem('has a group that begins with “(?”: only “(?:” is taken');
  }
  if (++reader.level > MOST_LEVELS) throw new Problem('has too many groups inside of one another');
  reader.at += opening;
  const { pattern, repeats } = alternatives(reader);
  if (reader.text[reader.at] !== ')') throw new Problem('has a “(” without its “)”');
  reader.at++;
  reader.level--;
  return { pattern: `(?:${pattern})`, repeats: Math.max(1, repeats) };
}

function repeated(reader: Reader, piece: Piece): Piece {
  const [quantifier, least, , most] =
    /^(?:[*+?]|\{(\d{1,3})(,(\d{1,3})?)?\})/.exec(reader.text.slice(reader.at)) ?? [];
  if (quantifier === undefined) {
    if (reader.text[reader.at] === '{')
      throw new Problem('has a “{” that is no count such as {2,5}: write \\{');
    return piece;
  }
  if (piece.repeats === 0) throw new Problem('repeats what has no characters');
  const times = Math.max(Number(least ?? 1), Number(most ?? 1));
  if (most !== undefined && Number(most) < Number(least)) throw new Problem('counts down');
  const repeats = piece.repeats * times;
  if (times > 255 || repeats > MOST_REPEATS) throw new Problem('repeats too often');
  reader.at += quantifier.length;
  // Whether as much or as little as can be is taken changes nothing in whether it is found.
  if (reader.text[reader.at] === '?') reader.at++;
  if ('*+?{'.includes(reader.text[reader.at] ?? ' ')) throw new Problem('repeats a repeat');
  return { pattern: piece.pattern + quantifier, repeats };
}

function escaped(reader: Reader): string {
  const letter = reader.text[reader.at++] ?? '';
  if (letter === '') throw new Problem('ends with a “\\”');
  const isNegated = letter !== letter.toLowerCase();
  const members = classes[letter.toLowerCase()];
  if (members !== undefined) return `[${isNegated ? '^' : ''}${members}]`;
  if (letter === 'b') return '\\y';
  if (letter === 'B') return '\\Y';
  if (Object.hasOwn(controls, letter)) return `\\${letter}`;
  if (/[\p{L}\p{N}]/u.test(letter)) throw new Problem(`has a “\\${letter}”, which is not taken`);
  return literal(letter);
}

function literal(character: string): string {
  return /[\p{L}\p{N}_ ]/u.test(character) || character > '\x7f' ? character : `\\${character}`;
}

/** `[a-z\d]`, as a bracket expression of Postgres. */
function set(reader: Reader): string {
  const { text } = reader;
  reader.at++;
  let pattern = '[';
  if (text[reader.at] === '^') {
    pattern += '^';
    reader.at++;
  }
  for (let members = 0; ; members++) {
    if (reader.at >= text.length) throw new Problem('has a “[” without its “]”');
    if (text[reader.at] === ']' && members > 0) break;
    pattern += range(reader);
  }
  reader.at++;
  return `${pattern}]`;
}

function range(reader: Reader): string {
  const first = member(reader);
  const { text, at } = reader;
  if (text[at] !== '-' || text[at + 1] === ']' || at + 1 >= text.length) return first.pattern;
  reader.at++;
  const last = member(reader);
  if (first.code === undefined || last.code === undefined || last.code < first.code) {
    throw new Problem('has a range in […] that is none');
  }
  return `${first.pattern}-${last.pattern}`;
}

interface Member {
  readonly pattern: string;
  /** The character's; undefined for a class such as \d. */
  readonly code: number | undefined;
}

function member(reader: Reader): Member {
  const code = reader.text.codePointAt(reader.at);
  if (code === undefined) throw new Problem('has a “[” without its “]”');
  const character = String.fromCodePoint(code);
  reader.at += character.length;
  if (character !== '\\') return { pattern: literal(character), code };
  const letter = reader.text[reader.at++] ?? '';
  const members = classes[letter];
  if (members !== undefined) return { pattern: members, code: undefined };
  if (Object.hasOwn(controls, letter)) return { pattern: `\\${letter}`, code: controls[letter] };
  if (letter === '' || /[\p{L}\p{N}]/u.test(letter))
    throw new Problem(`has a “\\${letter}” in […], which is not taken`);
  return { pattern: literal(letter), code: letter.charCodeAt(0) };
}
