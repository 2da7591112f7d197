import { sql } from 'kysely';
import { recordChanges } from '#lib/datasets/changes.ts';
import { isOf, type Place, tableOf } from '#lib/datasets/place.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { FamilyRow } from './map.ts';
import type { Writing } from './merge.ts';

/** Which of the families are older than what is stored of them by now: their lists say nothing any more. */
export async function staleFamilies(
  tx: Tx,
  place: Place,
  families: readonly FamilyRow[],
): Promise<ReadonlySet<string>> {
  const keys = families.map(({ externalId }) => externalId);
  const versions = families.map(({ version }) => version);
  const { rows } = await sql<{ key: string }>`
    select t.external_id as key from ${tableOf(place)} t
    join unnest(${keys}::text[], ${versions}::timestamptz[]) as p (key, version)
      on t.external_id = p.key collate "C"
    where ${isOf(place)} and t.external_id = any (${keys}::text[]) and t.source_version > p.version
  `.execute(tx.db);
  return new Set(rows.map(({ key }) => key));
}

/**
 * Removes the rows of a list that their parents no longer have; a parent whose list holds an item that nobody can
 * tell by a key keeps all. `list` is the list's place among the lists. Gives how many went.
 */
export async function removeMissing(
  tx: Tx,
  place: Place,
  families: readonly FamilyRow[],
  list: number,
  writing: Writing,
): Promise<number> {
  const told = families.filter(({ refused }) => refused[list] !== null);
  const parents = told.map(({ externalId }) => externalId);
  const versions = told.map(({ version }) => version);
  const present = told.flatMap(({ items, refused }) => [
    ...(items[list] ?? []).map(({ externalId }) => externalId),
    ...(refused[list] ?? []),
  ]);
  const { rows } = await sql<Missing>`
    select t.external_id as key, p.version::text from ${tableOf(place)} t
    join unnest(${parents}::text[], ${versions}::timestamptz[]) as p (key, version)
      on t.parent_external_id = p.key collate "C"
    where ${isOf(place)} and t.deleted_at is null and coalesce(t.source_version <= p.version, true)
      and t.parent_external_id = any (${parents}::text[]) and not t.external_id = any (${present}::text[])
  `.execute(tx.db);
  return rows.length === 0 ? 0 : recordChanges(tx, place, writing, removed(place, rows, writing.revision));
}

interface Missing {
  readonly key: string;
  /** Of the parent that has it no more: what is older does not bring it back. */
  readonly version: string;
}

function removed(place: Place, missing: readonly Missing[], revision: string) {
  const keys = missing.map(({ key }) => key);
  const versions = missing.map(({ version }) => version);
  return sql`
    update ${tableOf(place)} t set deleted_at = now(), revision = ${revision}::bigint,
      source_version = greatest(t.source_version, p.version)
    from unnest(${keys}::text[], ${versions}::timestamptz[]) as p (key, version)
    where ${isOf(place)} and t.external_id = p.key collate "C" and t.external_id = any (${keys}::text[])
      and t.deleted_at is null
    returning t.external_id, 'deleted' as operation, '{}'::jsonb as fields`;
}
