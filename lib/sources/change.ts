import { EntrepotError } from '#lib/core/errors.ts';
import type { SourcePatch } from './definition.ts';
import { originOf } from './origin.ts';
import type { SourceView } from './view.ts';

/** What a merge makes of a record: each entry replaces the one of its name, and null removes it. */
export function merged<Value>(
  before: Readonly<Record<string, Value>>,
  patch: Readonly<Record<string, Value | null>> = {},
): Record<string, Value> {
  const entries = Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as Record<string, Value>;
}

/** The source as it is with the patch; its credentials are another matter. */
export function patched(
  before: SourceView,
  { credentials: _, config, streams, conflictPolicies, ...plain }: SourcePatch,
): SourceView {
  const replaced = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...before,
    ...replaced,
    config: merged(before.config, config),
    streams: merged(before.streams, streams),
    conflictPolicies: merged(before.conflictPolicies, conflictPolicies),
  };
}

/** Throws `invalid` where stored credentials would go to another origin than the one they were entered for. */
export function keepCredentials(
  { credentialsSet, config }: Pick<SourceView, 'credentialsSet' | 'config'>,
  changed: SourceView['config'],
): void {
  if (!credentialsSet || originOf(config) === originOf(changed)) return;
  const problem = 'were entered for another address: enter them again, or send null to remove them';
  throw new EntrepotError('invalid', `The credentials ${problem}.`, { fields: { credentials: problem } });
}
