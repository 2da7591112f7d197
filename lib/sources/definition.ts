import { z } from 'zod';
import { connectorDefinitions } from '#connectors/definitions.ts';
import { fieldMappingSchema } from '#lib/datasets/mapping.ts';
import { datasetSchema } from '#lib/datasets/schema.ts';

/** Which stream goes into which dataset, and how, by the stream's name. */
export const streamMappings = z.record(
  z.string(),
  z.strictObject({ dataset: z.string(), fields: fieldMappingSchema }),
);
const displayName = z.string().trim().min(1).max(200);
export const syncFrequency = z.enum(['realtime', 'hourly', 'daily', 'manual']);

/**
 * A new source. What `config` and `credentials` are is up to the connector; `streams` says what goes where, and
 * `datasets` are made along with it, all or nothing.
 */
export const sourceInput = z.strictObject({
  sourceType: z.enum(connectorDefinitions.map(({ id }) => id)),
  displayName,
  syncFrequency: syncFrequency.default('manual'),
  enabled: z.boolean().default(true),
  config: z.record(z.string(), z.unknown()),
  credentials: z.unknown().optional(),
  streams: streamMappings.default({}),
  datasets: z.array(datasetSchema).default([]),
});
export type SourceInput = z.output<typeof sourceInput>;

/**
 * A merge: what is absent stays. In `config` and `streams` each entry replaces the one of its name, and null
 * removes it; `credentials` are replaced whole.
 */
export const sourcePatch = z.strictObject({
  displayName: displayName.optional(),
  syncFrequency: syncFrequency.optional(),
  enabled: z.boolean().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  credentials: z.unknown().optional(),
  streams: z.record(z.string(), streamMappings.valueType.nullable()).optional(),
});
export type SourcePatch = z.output<typeof sourcePatch>;

/** What may be asked of a source before it is saved. */
export const accessInput = z.strictObject({
  config: z.record(z.string(), z.unknown()),
  credentials: z.unknown().optional(),
  /** The dataset for which a preview suggests a mapping. */
  dataset: z.string().optional(),
});

/** What may be asked of a saved source, with changes that are not saved yet. */
export const changedAccessInput = sourcePatch.pick({ config: true, credentials: true });
export type ChangedAccess = z.output<typeof changedAccessInput>;

export type StreamMappings = z.output<typeof streamMappings>;
