import type { Connector, Context, Page, SourceRow } from '#connectors/contract.ts';
import { loadConnector } from '#connectors/registry.ts';
import { type OutboundOptions, outbound } from '#lib/http/outbound.ts';

/** An upload whose bytes come in the given pieces, and whether it has been closed. */
export interface Body {
  readonly context: Context;
  readonly isClosed: () => boolean;
}

/** A context in which every upload is this body, in these chunks, and calls may reach the test's servers. */
export function bodyOf(chunks: Iterable<Uint8Array | string>, options: Partial<OutboundOptions> = {}): Body {
  let closed = false;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    } finally {
      closed = true;
    }
  }
  const { signal = new AbortController().signal, now = () => new Date() } = options;
  const policy = { allowLoopback: true, deniedPorts: [] };
  const context: Context = {
    fetch: outbound({ allowedHosts: 'any', policy, ...options, signal }),
    openUpload: async () => bytes(),
    now,
    signal,
  };
  return { context, isClosed: () => closed };
}

type Config = Readonly<Record<string, unknown>>;

export interface ReadOptions {
  readonly cursor?: unknown;
  readonly credentials?: unknown;
  /** The bookmark at which the pass begins. */
  readonly since?: unknown;
}

export interface ReadAll {
  readonly pages: readonly Page[];
  readonly rows: readonly SourceRow[];
  readonly values: readonly SourceRow['values'][];
}

async function connected(id: string, config: Config, context: Context, credentials: unknown) {
  const connector: Connector = await loadConnector(id);
  const client = await connector.connect(
    connector.definition.config.parse(config),
    credentials === null ? null : connector.definition.credentials.parse(credentials),
    context,
  );
  return { connector, client };
}

/** The pages of the stream `rows`, as a generator that the test drives. */
export async function* pagesOf(
  id: string,
  config: Config,
  { context }: Body,
  { cursor = null, credentials = null, since = null }: ReadOptions = {},
): AsyncGenerator<Page> {
  const { connector, client } = await connected(id, config, context, credentials);
  const stream = connector.streams.rows;
  if (!stream) throw new Error(`the connector ${id} has no stream named rows`);
  yield* stream.read(client, cursor, since);
}

/** Everything that the stream `rows` gives. */
export async function readAll(
  id: string,
  config: Config,
  body: Body,
  options: ReadOptions = {},
): Promise<ReadAll> {
  const pages = await Array.fromAsync(pagesOf(id, config, body, options));
  const rows = pages.flatMap((page) => page.rows);
  return { pages, rows, values: rows.map(({ values }) => values) };
}

/** What `check` says. */
export async function checkOf(id: string, config: Config, { context }: Body, credentials: unknown = null) {
  const { connector, client } = await connected(id, config, context, credentials);
  return connector.check(client);
}

/** The text cut at the given byte offsets, so that characters are split too. */
export function cutAt(text: string, cuts: readonly number[]): Uint8Array[] {
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}
