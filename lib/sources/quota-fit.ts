import type { ConnectorDefinition } from '#connectors/contract.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { SourcePatch } from './definition.ts';
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
 * together with the other sources of the same account.
 */
export async function requireScheduleFits(tx: Tx, source: Scheduled): Promise<void> {
  const own = source.enabled ? loadOf(source.streams, source.syncFrequency) : undefined;
  if (!own) return;
  requireFit({ windows: source.rateLimits, loads: [own], allowedBy: 'the limit of this source' });
  const { rateLimits: windows } = source.definition;
  if (windows.length === 0) return;
  const others = await loadsBeside(tx, source);
  requireFit({ windows, loads: [own, ...others], allowedBy: source.definition.name });
}

function loadOf(streams: Scheduled['streams'], frequency: SourceView['syncFrequency']): Load | undefined {
  const every = everySeconds[frequency];
  const count = Object.keys(streams).length;
  return every === null || count === 0 ? undefined : { streams: count, everySeconds: every };
}

/** What the other sources that are synced by the clock ask of the same account. */
async function loadsBeside({ db }: Tx, { id, definition, config }: Scheduled): Promise<Load[]> {
  const rows = await db
    .selectFrom('external_data_sources')
    .select(['config', 'field_mappings as streams', 'sync_frequency as frequency'])
    .where('source_type', '=', definition.id)
    .where('enabled', '=', true)
    .where('id', '<>', id)
    .$castTo<{ config: unknown; streams: Scheduled['streams']; frequency: SourceView['syncFrequency'] }>()
    .execute();
  const key = definition.limitKey(config);
  const isSameAccount = (row: { config: unknown }) => {
    const parsed = definition.config.safeParse(row.config);
    return parsed.success && definition.limitKey(parsed.data) === key;
  };
  return rows.filter(isSameAccount).flatMap(({ streams, frequency }) => loadOf(streams, frequency) ?? []);
}
