import type { Values } from '#app/_ui/schema-form/schema.ts';
import type { AccessDraft } from '#app/(dashboard)/sources/_connection/connection-fields.tsx';

interface Stored {
  readonly config: Values;
  readonly credentialsSet: boolean;
}

/** What of a source's access has changed, as a merge: what was taken away is null, what stays is left out. */
export function accessPatch(
  { config: before, credentialsSet }: Stored,
  { config, credentials }: AccessDraft,
) {
  const gone = Object.keys(before).filter((name) => !(name in config));
  const changed = Object.entries(config).filter(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  );
  const isNew = credentials !== undefined && (credentials !== null || credentialsSet);
  return {
    config: Object.fromEntries([...gone.map((name) => [name, null]), ...changed]) as Record<string, unknown>,
    ...(isNew && { credentials }),
  };
}
