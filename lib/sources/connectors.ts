import { z } from 'zod';
import { connectorDefinitions } from '#connectors/definitions.ts';
import { columnView } from '#lib/datasets/view.ts';
import { rateWindow } from './rate-limits.ts';

const streamView = z.object({
  name: z.string(),
  label: z.string(),
  columns: z.array(columnView).readonly().meta({
    description: 'Empty where the source itself says what its columns are.',
  }),
  key: z.array(z.string()).readonly(),
  write: z.enum(['upsert', 'replace']),
  rawText: z.boolean().meta({ description: 'Whether its values are text alone, as in a CSV.' }),
});

/** A kind of source, with the JSON Schemas of what it takes: forms are made from them. */
export const connectorView = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    config: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of a source’s `config`.' }),
    credentials: z.record(z.string(), z.unknown()).meta({
      description: 'JSON Schema of a source’s `credentials`.',
    }),
    streams: z.array(streamView).readonly(),
    rateLimits: z.array(rateWindow).readonly().meta({ description: 'What the provider admits, as it says.' }),
  })
  .meta({ id: 'Connector' });
export type ConnectorView = Readonly<z.infer<typeof connectorView>>;

/** Every kind of source, in the order in which a person sees them. */
export function listConnectors(): ConnectorView[] {
  return connectorDefinitions.map(({ id, name, description, config, credentials, streams, rateLimits }) => ({
    id,
    name,
    description,
    config: jsonSchemaOf(config),
    credentials: jsonSchemaOf(credentials),
    streams: streams.map(({ spooled: _spooled, incremental: _incremental, ...data }) => data),
    rateLimits,
  }));
}

/** As data alone: zod adds methods, which cannot be handed to a browser. */
function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { '~standard': _methods, ...data } = z.toJSONSchema(schema, { io: 'input' });
  return data;
}
