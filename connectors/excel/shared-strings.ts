import type { Archive } from './archive.ts';
import { parseXml } from './xml.ts';

/** They are held in memory while a sheet is read. */
const MAX_BYTES = 250_000_000;

/** The texts that cells refer to by their number, without their formatting and pronunciation. */
export async function readSharedStrings(archive: Archive, path: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (path === undefined || !archive.has(path)) return strings;
  const collector = new TextCollector();
  const reading = parseXml(archive.read(path, MAX_BYTES), {
    open: (name) => {
      if (name === 'si') collector.start();
      else collector.open(name);
    },
    text: (text) => collector.add(text),
    close: (name) => {
      if (name === 'si') strings.push(collector.end());
      else collector.close(name);
    },
  });
  for await (const _ of reading);
  return strings;
}

/** Gathers the text of a shared or inline string: all its runs, but not the pronunciation of Japanese ones. */
export class TextCollector {
  #text = '';
  #isInText = false;
  #isPhonetic = false;

  start(): void {
    this.#text = '';
  }

  open(name: string): void {
    if (name === 't') this.#isInText = true;
    else if (name === 'rPh') this.#isPhonetic = true;
  }

  close(name: string): void {
    if (name === 't') this.#isInText = false;
    else if (name === 'rPh') this.#isPhonetic = false;
  }

  add(text: string): void {
    if (this.#isInText && !this.#isPhonetic) this.#text += text;
  }

  end(): string {
    return unescaped(this.#text);
  }
}

/** Characters that XML cannot hold are written as `_x000D_`, and a text that looks so as `_x005F_x000D_`. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
