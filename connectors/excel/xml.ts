import { SaxesParser } from 'saxes';
import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What happens in a document; names come without their namespace's prefix. */
export interface XmlHandlers {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** No tag or text of a real workbook is longer; a cell takes 32,767 characters. */
const MAX_TOKEN_BYTES = 16_000_000;

/** Reads a document, and yields after each chunk, so that what it told can be handed on. */
export async function* parseXml(
  bytes: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser();
  let silent = 0;
  const heard = () => {
    silent = 0;
  };
  parser.on('opentag', ({ name, attributes }) => {
    heard();
    handlers.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    heard();
    handlers.close?.(localName(name));
  });
  if (handlers.text) {
    parser.on('text', handlers.text);
    parser.on('cdata', handlers.text);
  }
  for await (const chunk of bytes) {
    silent += chunk.length;
    if (silent > MAX_TOKEN_BYTES) throw malformed();
    translated(() => parser.write(decoder.decode(chunk, { stream: true })));
    yield;
  }
  translated(() => parser.write(decoder.decode()).close());
  yield;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function translated(parse: () => void): void {
  try {
    parse();
  } catch (error) {
    throw isEntrepotError(error) ? error : malformed(error);
  }
}

function malformed(cause?: unknown): EntrepotError {
  return new EntrepotError(
    'DATA_ERROR',
    'The workbook holds XML that cannot be read. Open it in Excel, save it and send it again.',
    { cause },
  );
}
