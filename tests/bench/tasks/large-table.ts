import { findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { compile, type Plan } from '#lib/exports/query/compile.ts';
import type { Ground, LargeTable } from '#tests/bench/ground.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';

const LONGEST_READ_MS = 600_000;

/** The query of an export of a large table, of `flights` unless said otherwise, in the snapshot that its owner has of it. */
export async function readLargeTable<T>(
  { database, session }: Ground,
  { table = 'flights', limit }: { readonly table?: LargeTable; readonly limit?: number },
  read: (tx: Tx, plan: Plan) => Promise<T>,
): Promise<T> {
  setEnvironment(database);
  const definition = exportDefinition.parse({ name: 'bench', dataset: table, limit });
  const result = await asMember(
    session,
    async (tx) => read(tx, compile(definition, await findDataset(tx, table), session)),
    { isolation: 'snapshot', statementTimeoutMs: LONGEST_READ_MS },
  );
  await closePools();
  return result;
}
