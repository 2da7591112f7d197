declare global {
  /** What Node 24 has and TypeScript's library does not know yet (proposal "JSON.parse source text access"). */
  interface JSON {
    rawJSON(text: string): RawJson;
    isRawJSON(value: unknown): value is RawJson;
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
  }
}

/** A JSON scalar kept as it was written; `JSON.stringify` writes it back unchanged. */
export interface RawJson {
  readonly rawJSON: string;
}

/**
 * True for every text with a number that JavaScript would write differently (too many digits, an
 * exponent, a trailing zero, minus zero), and for some without: a quick way past the slow reviver.
 */
const mayLoseDigits =
  /(?:^|[\s:,[])(?:-?(?:[\d.]{16}|\d[\d.]*[eE]|(?:0|[1-9]\d*)\.\d*0(?!\d)|0\.0{5})|-0(?![\d.]))/;

/**
 * `JSON.parse` without loss: a number that JavaScript would not write back exactly as it stands
 * (`12345678901234567890`, `1.10`, `1e400`) becomes a `JSON.rawJSON` object. Throws `SyntaxError`.
 */
export function parseExactJson(text: string): unknown {
  return mayLoseDigits.test(text) ? JSON.parse(text, keepSource) : JSON.parse(text);
}

function keepSource(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  const { source } = context;
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? JSON.rawJSON(source)
    : value;
}
