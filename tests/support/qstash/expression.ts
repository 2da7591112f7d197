/**
 * Evaluates an `Upstash-Retry-Delay` expression: numbers, `retried`, `+ - * /`, parentheses and the functions
 * below. Throws a SyntaxError for anything else. https://upstash.com/docs/qstash/features/retry
 */
export function evaluate(expression: string, retried: number): number {
  const reader: Reader = { tokens: tokensOf(expression), at: 0, retried };
  const value = sum(reader);
  if (reader.at < reader.tokens.length) throw unexpected(reader);
  return value;
}

type Reader = { readonly tokens: readonly string[]; at: number; readonly retried: number };

const TOKEN = /\d+(?:\.\d+)?|[a-z]+|[-+*/(),]|\S/g;

const FUNCTIONS: ReadonlyMap<string, (...values: number[]) => number> = new Map(
  (['pow', 'sqrt', 'abs', 'exp', 'floor', 'ceil', 'round', 'min', 'max'] as const).map((name) => [
    name,
    Math[name] as (...values: number[]) => number,
  ]),
);

function tokensOf(expression: string): string[] {
  return expression.match(TOKEN) ?? [];
}

function sum(reader: Reader): number {
  let value = product(reader);
  for (;;) {
    if (took(reader, '+')) value += product(reader);
    else if (took(reader, '-')) value -= product(reader);
    else return value;
  }
}

function product(reader: Reader): number {
  let value = factor(reader);
  for (;;) {
    if (took(reader, '*')) value *= factor(reader);
    else if (took(reader, '/')) value /= factor(reader);
    else return value;
  }
}

function factor(reader: Reader): number {
  if (took(reader, '-')) return -factor(reader);
  if (took(reader, '(')) return closed(reader, sum(reader));
  const token = reader.tokens[reader.at] ?? '';
  const call = FUNCTIONS.get(token);
  if (token !== 'retried' && !call && !/^\d/.test(token)) throw unexpected(reader);
  reader.at += 1;
  if (call) return call(...values(reader));
  return token === 'retried' ? reader.retried : Number(token);
}

function values(reader: Reader): number[] {
  if (!took(reader, '(')) throw unexpected(reader);
  const found = [sum(reader)];
  while (took(reader, ',')) found.push(sum(reader));
  return closed(reader, found);
}

function closed<T>(reader: Reader, value: T): T {
  if (!took(reader, ')')) throw unexpected(reader);
  return value;
}

function took(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at] !== token) return false;
  reader.at += 1;
  return true;
}

function unexpected(reader: Reader): SyntaxError {
  return new SyntaxError(`unexpected ${reader.tokens[reader.at] ?? 'end'} in the retry delay`);
}
