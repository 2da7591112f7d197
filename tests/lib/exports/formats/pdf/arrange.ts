import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import type { CellNote } from '#lib/exports/formats/contract.ts';
import { pdf } from '#lib/exports/formats/pdf/pdf.ts';
import { programEnvironment, requireProgram } from '#tests/support/debian.ts';

export type Rows = readonly (readonly CellText[])[];

interface Written {
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly rows: Rows | AsyncIterable<Rows>;
  readonly options?: object;
  readonly title?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface WrittenPdf {
  readonly bytes: Buffer;
  readonly notes: readonly (readonly [kind: CellNote, header: string, cell: string])[];
}

const BATCH_ROWS = 300;

export async function encode(written: Written): Promise<WrittenPdf> {
  const { columns, rows, options = {}, title = 'A title', metadata = {} } = written;
  const notes: [CellNote, string, string][] = [];
  const table = {
    name: 'test',
    columns: Object.entries(columns).map(([header, type]) => ({ source: header, header, type })),
    rows: Array.isArray(rows) ? batchesOf(rows) : (rows as AsyncIterable<Rows>),
  };
  const context = fileContext({ title, metadata, note: (...note) => notes.push(note) });
  const chunks = await Array.fromAsync(pdf.encode(table, pdf.options.parse(options), context));
  return { bytes: Buffer.concat(chunks), notes };
}

async function* batchesOf(rows: Rows): AsyncGenerator<Rows> {
  for (let first = 0; first < rows.length; first += BATCH_ROWS) yield rows.slice(first, first + BATCH_ROWS);
}

/** A word on a page as poppler sees it, its sides in points from the page's upper left corner. */
export interface Word {
  readonly text: string;
  readonly page: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

export interface Read {
  /** The text of each page, its lines as they stand. */
  readonly pages: readonly string[];
  readonly words: readonly Word[];
  /** Of its first page, in points. */
  readonly width: number;
  readonly height: number;
  readonly title: string;
}

/** The file as another program reads it. */
export async function read(bytes: Buffer): Promise<Read> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-pdf-'));
  const path = join(folder, 'file.pdf');
  try {
    await writeFile(path, bytes);
    const text = await pdfToText('-layout', path);
    const boxes = await pdfToText('-bbox', path);
    return { pages: text.split('\f').slice(0, -1), ...boxesIn(boxes) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function pdfToText(...options: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(requireProgram('pdftotext'), [...options, '-'], {
    env: programEnvironment(),
    maxBuffer: 64 * 1024 * 1024,
  });
  // It reports what is wrong with a file, and goes on.
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}

function boxesIn(html: string): Omit<Read, 'pages'> {
  const [, width, height] = /<page width="([\d.]+)" height="([\d.]+)"/.exec(html) ?? [];
  const words = html.split('<page ').flatMap((page, number) =>
    Array.from(
      page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*)<\/word>/g),
      ([, left, top, right, text = '']) => ({
        text: unescaped(text),
        page: number,
        left: Number(left),
        right: Number(right),
        top: Number(top),
      }),
    ),
  );
  const title = unescaped(/<title>(.*)<\/title>/.exec(html)?.[1] ?? '');
  return { words, width: Number(width), height: Number(height), title };
}

function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
