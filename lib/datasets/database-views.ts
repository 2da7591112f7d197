import { z } from 'zod';
import { columnTypes } from '#lib/core/columns.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { allDatasets, type Dataset } from './registry.ts';
import { type FoundView, findViews } from './view-columns.ts';
import { hindrance } from './views.ts';

/** A view of the operator's database, as somebody finds it who wants to register it. */
export const databaseView = z
  .object({
    view: z.string().meta({ description: 'Its schema and name, as it is registered by.' }),
    columns: z.array(z.object({ name: z.string(), type: z.enum(columnTypes) })).readonly(),
    problem: z.string().nullable().meta({
      description: 'Why it cannot be a dataset, and what to do about it; null where it can.',
    }),
    datasets: z.array(z.string()).readonly().meta({ description: 'What it is registered as already.' }),
  })
  .meta({ id: 'DatabaseView' });
export type DatabaseView = Readonly<z.infer<typeof databaseView>>;

/** The views that could be datasets, and what keeps the others from it; by name, the first two hundred. */
export async function databaseViews(acting: Acting): Promise<{ items: DatabaseView[]; nextCursor: null }> {
  const items = await asMember(acting, async (tx) => {
    const datasets = await allDatasets(tx);
    const views: DatabaseView[] = [];
    for (const found of (await findViews(tx)).filter(hasPlainName)) {
      const problem = (await hindrance(tx, found))?.text ?? null;
      views.push({ ...described(found, datasets), problem });
    }
    return views;
  });
  return { items, nextCursor: null };
}

/** Others cannot be written as schema.name. */
function hasPlainName({ schema, name }: FoundView): boolean {
  return !/[."]/.test(schema + name);
}

function described({ schema, name, columns }: FoundView, datasets: readonly Dataset[]) {
  const registered = datasets.filter(({ table }) => table.schema === schema && table.name === name);
  return { view: `${schema}.${name}`, columns, datasets: registered.map(({ label }) => label) };
}
