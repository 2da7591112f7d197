import { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { exportDefinition } from '#lib/exports/definition.ts';

/** An export as the API shows it: its definition with every default filled in. Times are ISO 8601 in UTC. */
export const exportView = z
  .object({
    id: z.guid(),
    ...exportDefinition.shape,
    ownerId: z.guid().nullable().meta({ description: 'With whose rights it runs; it pauses without one.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Export' });
export type ExportView = Readonly<z.infer<typeof exportView>>;

/** The acting workspace's exports, their definitions as stored. */
export function selectExports({ db }: Tx) {
  return db
    .selectFrom('exports')
    .select(['id', 'name', 'dataset', 'definition', 'owner_id as ownerId'])
    .select(['created_at as createdAt', 'updated_at as updatedAt']);
}

/** Throws `not_found` where the acting workspace has no such export. */
export async function findExport(tx: Tx, id: string): Promise<ExportView> {
  const row = await selectExports(tx).where('id', '=', id).executeTakeFirstOrThrow(noSuchExport);
  return toView(row);
}

export type ExportRow = Awaited<ReturnType<ReturnType<typeof selectExports>['executeTakeFirstOrThrow']>>;

/** Parses what is stored, so that options added since then have their defaults. */
export function toView({ id, name, dataset, definition, ...rest }: ExportRow): ExportView {
  const stored = exportDefinition.parse({ ...(definition as object), name, dataset });
  return { id, ...stored, ...rest };
}

export function noSuchExport(): EntrepotError {
  return new EntrepotError('not_found', 'There is no such export.');
}
