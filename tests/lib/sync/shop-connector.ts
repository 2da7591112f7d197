// Loaded before the worker serves, so that no lease runs out meanwhile.
import '#lib/sync/job.ts';
import { z } from 'zod';
import { defineConnector, type StreamDefinition } from '#connectors/contract.ts';
import { jsonConnector } from '#connectors/json/connector.ts';
import { jsonDefinition } from '#connectors/json/definition.ts';
import { connectors } from '#connectors/registry.ts';
import { configFor } from '#tests/support/vendor/config.ts';

/** What a worker process knows that imports this file: the real jobs, and a source of three streams. @public */
export { jobKinds as kinds } from '#lib/jobs/registry.ts';

/** How the vendor gives out the pages of each stream. */
const paging = { products: 'cursor', vendors: 'link', orders: 'next' } as const;
export type ShopStream = keyof typeof paging;
export const shopStreams = Object.keys(paging) as readonly ShopStream[];
const PAGE_ROWS = 500;

const definitionOf = (name: string): StreamDefinition => ({
  name,
  label: name,
  columns: [],
  key: [],
  write: 'upsert',
  rawText: false,
  spooled: () => false,
  incremental: () => 'none',
});

type Client = Readonly<Record<string, Awaited<ReturnType<typeof jsonConnector.connect>>>>;

/** Three streams, each read from a table of the vendor as the JSON connector reads an API. */
const shopConnector = defineConnector({
  definition: {
    id: 'shop',
    name: 'Shop',
    description: 'Products, vendors and orders.',
    config: z.strictObject({ url: z.url() }),
    credentials: z.null(),
    streams: shopStreams.map(definitionOf),
    allowedHosts: 'any',
    rateLimits: [],
    limitKey: ({ url }) => url,
  },
  async connect({ url }, _credentials, context): Promise<Client> {
    const clients = shopStreams.map(async (name) => {
      const config = jsonDefinition.config.parse(
        configFor({ url }, paging[name], name, { pageRows: PAGE_ROWS }),
      );
      return [name, await jsonConnector.connect(config, null, context)] as const;
    });
    return Object.fromEntries(await Promise.all(clients));
  },
  check: async () => 'A shop.',
  streams: Object.fromEntries(
    shopStreams.map((name) => [
      name,
      {
        async *read(client: Client, cursor, since) {
          const [reader, source] = [jsonConnector.streams.rows, client[name]];
          if (reader && source) yield* reader.read(source, cursor, since);
        },
      },
    ]),
  ),
});
connectors.set('shop', async () => shopConnector);
