import type { CellText } from '#lib/core/columns.ts';
import { parse } from '#lib/core/parse.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import { rowBatches } from '#lib/exports/row-path.ts';
import type { Ground } from '#tests/lib/exports/arrange.ts';

/** What a query gives: its columns, and its rows as text. */
export interface Answer {
  readonly columns: Plan['columns'];
  readonly rows: readonly (readonly CellText[])[];
}

/** Asks a dataset as an export would, in one snapshot. */
export function ask({ session }: Ground, dataset: Dataset, query: object): Promise<Answer> {
  const definition = parse(exportDefinition, { name: 'test', dataset: dataset.name, ...query });
  return asMember(
    session,
    async (tx) => {
      const plan = await planQuery(tx, definition, dataset, session);
      const rows = (await Array.fromAsync(rowBatches(tx.client, plan.select()))).flat();
      return { columns: plan.columns, rows };
    },
    { isolation: 'snapshot' },
  );
}

/** The fields to blame where a query is refused, each with why. */
export async function refusalOf(ground: Ground, dataset: Dataset, query: object): Promise<unknown> {
  try {
    await ask(ground, dataset, query);
  } catch (error) {
    return (error as { fields: unknown }).fields;
  }
  return undefined;
}

/** The columns of a query, by their names. */
export function choose(...sources: string[]) {
  return { columns: sources.map((source) => ({ source })) };
}
