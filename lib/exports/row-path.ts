import { StringDecoder } from 'node:string_decoder';
import type { RawBuilder } from 'kysely';
import type { ClientBase } from 'pg';
import { newBreath } from '#lib/core/breathe.ts';
import type { CellText } from '#lib/core/columns.ts';
import { copyOut } from '#lib/exports/copy-out.ts';

type Row = readonly CellText[];

/**
 * The rows of `query` with their cells as text, some at a time. They come by COPY in its text format, which
 * takes half the time of a cursor: a line is split at its tabs instead of being parsed cell by cell. Whatever becomes of
 * them, everything else in this process gets its turn in between, a cancellation too.
 */
export async function* rowBatches(client: ClientBase, query: RawBuilder<unknown>): AsyncGenerator<Row[]> {
  const decoder = new StringDecoder('utf8');
  const breathe = newBreath();
  let unfinished = '';
  for await (const chunk of copyOut(client, query, 'format text')) {
    const [first = '', ...lines] = decoder.write(chunk as Buffer).split('\n');
    unfinished += first;
    if (lines.length === 0) continue;
    const whole = [unfinished, ...lines];
    unfinished = whole.pop() as string;
    await breathe();
    yield whole.map(rowOf);
  }
}

function rowOf(line: string): Row {
  const cells = line.split('\t');
  return line.includes('\\') ? cells.map(cellOf) : cells;
}

/** https://www.postgresql.org/docs/current/sql-copy.html, "Text Format". */
function cellOf(text: string): CellText {
  if (text === '\\N') return null;
  return text.includes('\\')
    ? text.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter)
    : text;
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
