import { z } from 'zod';
import type { Page } from '#connectors/contract.ts';
import type { Column } from '#lib/core/columns.ts';
import { fieldMappingSchema } from '#lib/datasets/mapping.ts';
import { findDataset } from '#lib/datasets/registry.ts';
import { suggestColumns } from '#lib/datasets/suggest.ts';
import { suggestFields } from '#lib/datasets/suggest-fields.ts';
import { suggestKeys } from '#lib/datasets/suggest-key.ts';
import { nestedColumns } from '#lib/datasets/suggest-paths.ts';
import { columnView } from '#lib/datasets/view.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { briefly, cachedAt, type Look } from './brief.ts';
import type { Connection, SourceAccess } from './connect.ts';

const SHOWN_ROWS = 50;
const SHOWN_BROKEN = 10;
const SHOWN_KEYS = 50;
/** So many pages without rows are passed by on the way to the first with some. */
const MOST_EMPTY_PAGES = 10;

const brokenRow = z.object({ line: z.int().exactOptional(), reason: z.string(), raw: z.string() });

const keyCandidate = z.object({
  columns: z.array(z.string()).readonly(),
  identifies: z.int().meta({ description: 'How many rows of the sample they tell apart.' }),
});

const streamPreview = z.object({
  name: z.string(),
  columns: z.array(columnView).readonly().meta({
    description: 'The source’s columns, with the types that the first page suggests.',
  }),
  // They may hold `JSON.rawJSON` numbers.
  rows: z.array(z.record(z.string(), z.unknown()).readonly()).readonly().meta({
    description: 'The first rows, verbatim.',
  }),
  broken: z.array(brokenRow).readonly().meta({
    description: 'The first pieces that could not be read as rows.',
  }),
  sampledRows: z.int().meta({ description: 'How many rows, shown or not, the suggestions were made from.' }),
  paths: z.array(columnView).readonly().meta({
    description: 'What lies within the columns, as a mapping names it: `address.city`.',
  }),
  lists: z
    .array(z.object({ each: z.string(), columns: z.array(columnView).readonly() }))
    .readonly()
    .meta({
      description: 'Lists within a row, with what their items have: they can fill datasets of their own.',
    }),
  keys: z.array(keyCandidate).readonly().meta({ description: 'What could be the key, the best first.' }),
  // For the dataset asked for, else for one with the source's own columns.
  suggestedFields: fieldMappingSchema,
});
export type StreamPreview = Readonly<z.infer<typeof streamPreview>>;

/** The first rows of each stream of a source. */
export const sourcePreview = z.object({ streams: z.array(streamPreview), cachedAt });
export type SourcePreview = Readonly<z.infer<typeof sourcePreview>>;

interface PreviewLook extends Look {
  /** For which fields are suggested; for one with the source's own columns where absent. */
  readonly dataset?: string | undefined;
}

/** The first rows of each stream of a source that need not be saved, and how they could be mapped. */
export async function previewSource(
  acting: Acting,
  access: SourceAccess,
  { dataset, ...look }: PreviewLook = {},
): Promise<SourcePreview> {
  const target = dataset && (await asMember(acting, (tx) => findDataset(tx, dataset))).columns;
  return briefly(acting, access, look, async (connection, meter) => {
    const streams: StreamPreview[] = [];
    for (const { name } of connection.connector.definition.streams) {
      streams.push(previewOf(name, await firstPage(connection, name), target || undefined));
    }
    return { streams, cachedAt: meter.cachedAt };
  });
}

/** The first page with anything in it: windows of time may begin empty. Leaving the loop closes the body. */
async function firstPage({ connector, client }: Connection, stream: string): Promise<Page | undefined> {
  let found: Page | undefined;
  let empty = 0;
  for await (const page of connector.streams[stream]?.read(client, null) ?? []) {
    found = page;
    if (page.rows.length > 0 || page.broken || empty === MOST_EMPTY_PAGES) break;
    empty += 1;
  }
  return found;
}

function previewOf(
  name: string,
  page: Page | undefined,
  target: readonly Column[] | undefined,
): StreamPreview {
  const sample = page?.rows ?? [];
  const columns = suggestColumns(sample, page?.columns);
  const rows = sample.slice(0, SHOWN_ROWS).map(({ values }) => values);
  const sampled = columns.map((column) => ({ ...column, values: rows.map((row) => row[column.name]) }));
  const { paths, lists } = nestedColumns(rows);
  return {
    name,
    columns,
    rows,
    broken: (page?.broken ?? []).slice(0, SHOWN_BROKEN),
    sampledRows: sample.length,
    paths: paths.map(asColumn),
    lists: lists.map((list) => ({ each: list.each, columns: list.columns.map(asColumn) })),
    keys: suggestKeys(sample, columns).slice(0, SHOWN_KEYS),
    suggestedFields: target ? suggestFields([...sampled, ...paths], target) : suggestFields(sampled, columns),
  };
}

function asColumn({ name, type }: Column): Column {
  return { name, type };
}
