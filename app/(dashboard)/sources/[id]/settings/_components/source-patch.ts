import type { Values } from '#app/_ui/schema-form/schema.ts';

/** What of a configuration has changed, as a merge: what was taken away is null. */
export function configPatch(before: Values, after: Values): Values {
  const gone = Object.keys(before).filter((name) => !(name in after));
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
  );
  return Object.fromEntries([...gone.map((name) => [name, null]), ...changed]);
}
