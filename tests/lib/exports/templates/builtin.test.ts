import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allDatasets, type Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { previewExport } from '#lib/exports/preview.ts';
import { builtinTemplates } from '#lib/exports/templates/builtin.ts';
import { checkTemplate, exportFrom, formatsOf } from '#lib/exports/templates/check.ts';
import { missingColumns, neededColumns } from '#lib/exports/templates/needs.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';

let ground: Ground;
let datasets: Dataset[];
beforeAll(async () => {
  ground = await freshGround();
  datasets = await asMember(ground.session, allDatasets);
});
afterAll(() => ground.close());

describe('the built-in templates', () => {
  it('cover inventory, vendors, purchase orders and the ledger, each by an id of its own', () => {
    expect(new Set(builtinTemplates.map(({ definition }) => definition.dataset))).toEqual(
      new Set(['inventory_items', 'vendors', 'purchase_orders', 'ledger_entries']),
    );
    expect(new Set(builtinTemplates.map(({ id }) => id)).size).toBe(builtinTemplates.length);
  });

  it.each(builtinTemplates)('$id gives an export with every value that it offers', (template) => {
    expect(() => checkTemplate(template)).not.toThrow();
  });

  it.each(builtinTemplates)('$id finds its columns in its dataset', ({ definition }) => {
    const dataset = datasets.find(({ name }) => name === definition.dataset) as Dataset;
    expect(missingColumns(neededColumns(definition), dataset, datasets)).toEqual([]);
  });

  it.each(builtinTemplates)(
    '$id can be run in each of its formats and with each of its values',
    async (template) => {
      for (const format of formatsOf(template)) {
        const { rows } = await previewExport(ground.session, exportFrom(template, { format }));
        expect(rows).toEqual([]);
      }
      for (const { field, type, options = [] } of template.customizations) {
        for (const value of type === 'boolean' ? [true, false] : options) {
          await previewExport(ground.session, exportFrom(template, { values: { [field]: value } }));
        }
      }
    },
  );
});
