import { isDeepStrictEqual } from 'node:util';
import type { ConnectorDefinition } from '#connectors/contract.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { SourcePatch } from './definition.ts';
import { lastCalls } from './last-calls.ts';
import { everySeconds, type Load, requireFit } from './quota-demand.ts';
import type { SourceView } from './view.ts';

/** A source as it is to be saved. */
interface Scheduled extends Pick<SourceView, 'id' | 'syncFrequency' | 'enabled' | 'rateLimits'> {
  readonly definition: ConnectorDefinition;
  /** As its connector has parsed it. */
  readonly config: unknown;
  readonly streams: Readonly<Record<string, unknown>>;
}

/** Whether a change bears on how many calls there are to be, or how many there may be. */
export function changesLoad(patch: SourcePatch): boolean {
  const { config, streams, syncFrequency, enabled, rateLimits } = patch;
  return [config, streams, syncFrequency, enabled, rateLimits].some((change) => change !== undefined);
}

/**
 * Throws `invalid` for `syncFrequency` where the source's schedule cannot fit its own limits, or its provider's
 * together with the other sources of the same account. `before` is the source as it is saved, where it is: what syncs
 * took counts where its schedule or its limits change, so that a source that has grown can still be changed otherwise.
 */
export async function requireScheduleFits(tx: Tx, source: Scheduled, before?: SourceView): Promise<void> {
  const { id, enabled, definition, rateLimits } = source;
  const taken =
    before && isScheduledAsBefore(source, before) ? noneTaken : await lastCalls(tx, definition.id);
  const own = enabled
    ? loadOf(source, before && readsAsBefore(source, before) ? taken.get(id) : undefined)
    : undefined;
  if (!own) return;
  requireFit({ windows: rateLimits, loads: [own], allowedBy: 'the limit of this source' });
  const { rateLimits: windows } = definition;
  if (windows.length === 0) return;
  const others = await loadsBeside(tx, source, taken);
  requireFit({ windows, loads: [own, ...others], allowedBy: definition.name });
}

type Taken = ReadonlyMap<string, number>;
const noneTaken: Taken = new Map();

type Schedule = Pick<SourceView, 'syncFrequency' | 'enabled' | 'rateLimits'>;

function isScheduledAsBefore(source: Schedule, before: Schedule): boolean {
  const parts = ({ syncFrequency, enabled, rateLimits }: Schedule) => [syncFrequency, enabled, rateLimits];
  return isDeepStrictEqual(parts(source), parts(before));
}

/** Whether its next sync asks for what its last has asked for. */
function readsAsBefore({ definition, config, streams }: Scheduled, before: SourceView): boolean {
  const names = (of: Scheduled['streams']) => new Set(Object.keys(of));
  return (
    isDeepStrictEqual(definition.config.safeParse(before.config).data, config) &&
    isDeepStrictEqual(names(streams), names(before.streams))
  );
}

function loadOf(
  { streams, syncFrequency }: Pick<Scheduled, 'streams' | 'syncFrequency'>,
  calls: number | undefined,
): Load | undefined {
  const every = everySeconds[syncFrequency];
  const count = Object.keys(streams).length;
  return every === null || count === 0
    ? undefined
    : { streams: count, everySeconds: every, lastCalls: calls };
}

/** What the other sources that are synced by the clock ask of the same account. */
async function loadsBeside({ db }: Tx, { id, definition, config }: Scheduled, taken: Taken): Promise<Load[]> {
  const rows = await db
    .selectFrom('external_data_sources')
    .select(['id', 'config', 'field_mappings as streams', 'sync_frequency as syncFrequency'])
    .where('source_type', '=', definition.id)
    .where('enabled', '=', true)
    .where('id', '<>', id)
    .$castTo<Pick<Scheduled, 'id' | 'config' | 'streams' | 'syncFrequency'>>()
    .execute();
  const key = definition.limitKey(config);
  const isSameAccount = (row: { config: unknown }) => {
    const parsed = definition.config.safeParse(row.config);
    return parsed.success && definition.limitKey(parsed.data) === key;
  };
  return rows.filter(isSameAccount).flatMap((row) => loadOf(row, taken.get(row.id)) ?? []);
}
