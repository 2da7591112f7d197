import type { CellText, Column } from '#lib/core/columns.ts';
import { asMember } from '#lib/db/as-member.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { fileBytes, newTally } from '#lib/exports/file.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import { asRead } from '#lib/exports/shape/as-read.ts';
import { shapeOf, shapeSource } from '#lib/exports/shape/shaped-source.ts';
import { planSource } from '#lib/exports/source.ts';
import { freshGround } from '#tests/lib/exports/arrange.ts';

const columns: Column[] = [
  { name: 'number', type: 'text' },
  { name: 'buyer', type: 'text', label: 'Buyer', personal: true },
  { name: 'total', type: 'decimal', currency: 'currency' },
  { name: 'currency', type: 'text' },
  { name: 'ordered', type: 'timestamp' },
  { name: 'items', type: 'json' },
];
const rows: CellText[][] = [
  [
    '1',
    'Anna Example',
    '1234.5',
    'USD',
    '2026-01-31T23:30:00Z',
    '[{"sku":"a","qty":1},{"sku":"b","note":"x"},{"sku":"c"}]',
  ],
  ['2', null, '-2', 'EUR', '2026-02-01T00:00:00Z', '[{"sku":"d","qty":2.50}]'],
  ['3', 'Bo', null, null, null, null],
];

/** Three orders, the name of whose buyer is personal, and their files without a run. */
export async function layOrders() {
  const ground = await freshGround();
  const dataset = await ground.dataset(columns, rows);
  const definitionOf = (definition: object) =>
    exportDefinition.parse({ name: 'test', dataset: dataset.name, ...definition });
  return {
    ...ground,
    definitionOf,
    /** The file, where it comes from, and what was warned of. */
    async run(definition: object) {
      const full = definitionOf(definition);
      return asMember(ground.session, async (tx) => {
        const plan = await planQuery(tx, asRead(full, dataset), dataset, ground.session);
        const shape = await shapeOf(tx, plan, full, { ...ground.session, dataset });
        const source = shapeSource(planSource(tx.client, plan), shape);
        const bytes = fileBytes(source, full, fileContext({ title: 'test' }), newTally());
        const text = Buffer.concat(await Array.fromAsync(bytes)).toString();
        return { text, lines: text.trimEnd().split('\n'), source, warnings: shape.warnings };
      });
    },
  };
}

/** The number of an order and another column. */
export const chosen = (source: string, rest: object = {}) => ({
  columns: [{ source: 'number' }, { source, ...rest }],
});
