import { parseExactJson } from '#lib/core/exact-json.ts';

const keepsDigits: boolean = 'rawJSON' in JSON;

/** `JSON.parse`, with all digits of numbers that JavaScript would round where the browser can keep them. */
export function parseJson(text: string): unknown {
  return keepsDigits ? parseExactJson(text) : JSON.parse(text);
}
