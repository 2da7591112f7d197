import { z } from 'zod';
import { connectorDefinitions } from '#connectors/definitions.ts';
import { datasetSchema } from '#lib/datasets/schema.ts';
import { streamMappingSchema } from '#lib/datasets/stream-mapping.ts';
import { cacheTtlSeconds, HOUR_SECONDS, ownRateLimits } from './rate-limits.ts';
import { conflictPolicy, deleteGuard, rejectLimit } from './safeguards.ts';

/** Which stream goes into which dataset, and how, by the stream's name. */
export const streamMappings = z.record(z.string(), streamMappingSchema);
/** By dataset: the policy, where it differs from the source's. */
export const conflictPolicies = z.record(z.string(), conflictPolicy).meta({
  description: 'By dataset: the policy, where it differs from the source’s.',
});
export const alertMails = z.boolean().meta({
  description:
    'Whether the owners who want such mails are mailed when its health changes. An owner alone changes it.',
});
const displayName = z.string().trim().min(1).max(200);
export const syncFrequency = z.enum(['realtime', 'hourly', 'daily', 'manual']);

const config = z.record(z.string(), z.unknown()).meta({ description: 'As the connector’s schema has it.' });
const credentials = z.unknown().optional().meta({
  description: 'As the connector’s schema has it; never shown again. Null for none.',
});

const exampleConfig = { url: 'https://example.com/zipcodes.csv' };
const exampleStreams = {
  rows: {
    dataset: 'zipcodes',
    fields: { zip_code: 'zip_code', state: 'state', city: { from: 'city', transform: ['trim'] } },
  },
};

/**
 * A new source. What `config` and `credentials` are is up to the connector; `streams` says what goes where, and
 * `datasets` are made along with it, all or nothing.
 */
export const sourceInput = z
  .strictObject({
    sourceType: z.enum(connectorDefinitions.map(({ id }) => id)),
    displayName,
    syncFrequency: syncFrequency.default('manual'),
    enabled: z.boolean().default(true),
    config,
    credentials,
    streams: streamMappings.default({}),
    rateLimits: ownRateLimits.default([]),
    cacheTtlSeconds: cacheTtlSeconds.default(HOUR_SECONDS),
    deleteGuard: deleteGuard.prefault({}),
    rejectLimit: rejectLimit.prefault({}),
    conflictPolicy: conflictPolicy.default('source_wins'),
    conflictPolicies: conflictPolicies.default({}),
    datasets: z.array(datasetSchema).default([]).meta({ description: 'Made along with it, all or nothing.' }),
  })
  .meta({
    examples: [
      { sourceType: 'csv', displayName: 'Zip codes', config: exampleConfig, streams: exampleStreams },
    ],
  });
export type SourceInput = z.output<typeof sourceInput>;

/**
 * A merge: what is absent stays. In `config`, `streams` and `conflictPolicies` each entry replaces the one of its
 * name, and null removes it; everything else is replaced whole.
 */
export const sourcePatch = z
  .strictObject({
    displayName: displayName.optional(),
    syncFrequency: syncFrequency.optional(),
    enabled: z.boolean().optional(),
    config: config.optional(),
    credentials,
    streams: z.record(z.string(), streamMappingSchema.nullable()).optional().meta({
      description:
        'Rows of a dataset that a stream fills no more stay, and are listed among the source’s deletions to be removed or kept.',
    }),
    rateLimits: ownRateLimits.optional(),
    cacheTtlSeconds: cacheTtlSeconds.optional(),
    deleteGuard: deleteGuard.optional(),
    rejectLimit: rejectLimit.optional(),
    conflictPolicy: conflictPolicy.optional(),
    conflictPolicies: z.record(z.string(), conflictPolicy.nullable()).optional(),
    alertMails: alertMails.optional(),
  })
  .meta({ examples: [{ syncFrequency: 'daily', config: { delimiter: ';' } }] });
export type SourcePatch = z.output<typeof sourcePatch>;

const force = z.boolean().optional().meta({
  description: 'Asks the source anew, whatever is kept of its answers.',
});

/** What may be asked of a source before it is saved. */
export const accessInput = z
  .strictObject({
    config,
    credentials,
    dataset: z.string().optional().meta({ description: 'For which a preview suggests a mapping.' }),
    force,
  })
  .meta({ examples: [{ config: exampleConfig }] });

/** What may be asked of a saved source, with changes that are not saved yet. */
export const changedAccessInput = sourcePatch
  .pick({ config: true, credentials: true })
  .extend({ force })
  .meta({ examples: [{ config: { delimiter: ';' } }] });
export type ChangedAccess = z.output<typeof changedAccessInput>;

export type StreamMappings = z.output<typeof streamMappings>;
