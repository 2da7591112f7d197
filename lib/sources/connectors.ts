import { z } from 'zod';
import type { StreamDefinition } from '#connectors/contract.ts';
import { connectorDefinitions } from '#connectors/definitions.ts';

/** A kind of source, with the JSON Schemas of what it takes: forms are made from them. */
export interface ConnectorView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly config: unknown;
  readonly credentials: unknown;
  readonly streams: readonly StreamDefinition[];
}

/** Every kind of source, in the order in which a person sees them. */
export function listConnectors(): ConnectorView[] {
  return connectorDefinitions.map(({ id, name, description, config, credentials, streams }) => ({
    id,
    name,
    description,
    config: z.toJSONSchema(config, { io: 'input' }),
    credentials: z.toJSONSchema(credentials, { io: 'input' }),
    streams,
  }));
}
