/** Text of others as Postgres can store it, in text and in jsonb: a NUL as `␀`, half a surrogate pair as `\ufffd`. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '␀');
}
