import type { Page } from '#connectors/contract.ts';
import type { Column } from '#lib/core/columns.ts';
import { findDataset } from '#lib/datasets/registry.ts';
import { suggestColumns, suggestFields } from '#lib/datasets/suggest.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { briefly } from './brief.ts';
import type { Connection, SourceAccess } from './connect.ts';

const SHOWN_ROWS = 50;

export interface StreamPreview {
  readonly name: string;
  /** The source's columns, with the types that the first page suggests. */
  readonly columns: readonly Column[];
  /** The first rows, verbatim; they may hold `JSON.rawJSON` numbers. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Dataset column → source column; for the dataset asked for, else for one with the source's own columns. */
  readonly suggestedFields: Readonly<Record<string, string>>;
}

/** The first rows of each stream of a source that need not be saved, and how they could be mapped. */
export async function previewSource(
  acting: Acting,
  access: SourceAccess,
  dataset?: string,
): Promise<{ streams: StreamPreview[] }> {
  const target = dataset && (await asMember(acting, (tx) => findDataset(tx, dataset))).columns;
  return briefly(acting, access, async (connection) => {
    const streams: StreamPreview[] = [];
    for (const { name } of connection.connector.definition.streams) {
      streams.push(previewOf(name, await firstPage(connection, name), target || undefined));
    }
    return { streams };
  });
}

/** Leaving the loop closes the body: the rest of it is not read. */
async function firstPage({ connector, client }: Connection, stream: string): Promise<Page | undefined> {
  for await (const page of connector.streams[stream]?.read(client, null) ?? []) return page;
  return undefined;
}

function previewOf(
  name: string,
  page: Page | undefined,
  target: readonly Column[] | undefined,
): StreamPreview {
  const columns = suggestColumns(page?.rows ?? [], page?.columns);
  const names = columns.map((column) => column.name);
  const rows = (page?.rows ?? []).slice(0, SHOWN_ROWS).map(({ values }) => values);
  return { name, columns, rows, suggestedFields: suggestFields(names, target ?? columns) };
}
