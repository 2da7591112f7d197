import { SaxesParser } from 'saxes';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Package } from '#lib/exports/formats/xlsx/package.ts';

export type Attributes = Readonly<Record<string, string>>;

/** A part as text. Throws `DATA_ERROR` where it is no well-formed XML in UTF-8, or declares entities. */
export async function readXml(parts: Package, name: string): Promise<string> {
  const bytes = await parts.read(name);
  const xml = decoded(bytes, name);
  if (xml.includes('<!DOCTYPE')) throw unreadable(name);
  return xml;
}

/** The attributes of every element of that name, whatever its namespace's prefix; throws as `readXml` does. */
export function attributesOf(xml: string, wanted: string): Attributes[] {
  const found: Attributes[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    if (name.slice(name.indexOf(':') + 1) === wanted) found.push(attributes);
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    throw unreadable('workbook', error);
  }
  return found;
}

/** What stands between tags or in an attribute, as the text that it means. */
export function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll(/&#(x?)([0-9a-fA-F]{1,7});/g, character)
    .replaceAll('&amp;', '&');
}

function character(written: string, hexadecimal: string, digits: string): string {
  const code = Number.parseInt(digits, hexadecimal ? 16 : 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

/** A text as it may stand between tags or in an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function decoded(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, cause?: unknown): EntrepotError {
  return new EntrepotError(
    'DATA_ERROR',
    `The template cannot be read at its part "${name}". Open it in Excel, save it, and upload it again.`,
    { cause },
  );
}
