import { PAGE_MAX_BYTES } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Element } from './array-scan.ts';

const LINE_FEED = 0x0a;

/**
 * The lines of a byte stream, in batches, without their line feeds; the last need not have one. Only an
 * unfinished line is held, up to 8 MB (past that: `DATA_ERROR`).
 */
export async function* lines(source: AsyncIterable<Uint8Array>): AsyncGenerator<Element[]> {
  let unfinished: Uint8Array[] = [];
  let length = 0;
  let line = 1;
  for await (const chunk of source) {
    const complete: Element[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      refuseLong(length + end - start, line);
      complete.push({ bytes: Buffer.concat([...unfinished, chunk.subarray(start, end)]), line });
      unfinished = [];
      length = 0;
      line += 1;
      start = end + 1;
    }
    unfinished.push(chunk.subarray(start));
    length += chunk.length - start;
    refuseLong(length, line);
    if (complete.length > 0) yield complete;
  }
  if (length > 0) yield [{ bytes: Buffer.concat(unfinished), line }];
}

function refuseLong(length: number, line: number): void {
  if (length <= PAGE_MAX_BYTES) return;
  throw new EntrepotError(
    'DATA_ERROR',
    `Line ${line} is longer than 8 MB: too long for a row. Is the file NDJSON?`,
  );
}
