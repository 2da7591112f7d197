import { describe, expect, it } from 'vitest';
import { exportDefinition } from '#lib/exports/definition.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { checkTemplate } from '#lib/exports/templates/check.ts';
import { customized } from '#lib/exports/templates/customize.ts';
import { templateSchema } from '#lib/exports/templates/schema.ts';
import { suggestCustomizations } from '#lib/exports/templates/suggest.ts';

const { name: _, ...definition } = exportDefinition.parse({
  name: 'x',
  dataset: 'orders',
  columns: [{ source: 'id' }, { source: 'total', header: 'Total' }],
  filter: {
    and: [
      { field: 'status', op: 'eq', value: 'open' },
      { not: { field: 'placed', op: 'lt', value: '2026-01-31' } },
      { field: 'placed', op: 'during', value: { this: 'month' } },
    ],
  },
});
const suggested = suggestCustomizations(
  definition,
  [{ name: 'status', type: 'text', label: 'Status' }],
  formatCatalog(),
);

describe('what a template of an export could ask', () => {
  it('is the values of its filter, its columns, and the choices of its format', () => {
    expect(suggested.slice(0, 4)).toMatchObject([
      { label: 'Status', type: 'text', default: 'open' },
      { label: 'placed', type: 'date', default: '2026-01-31', sets: [{ path: 'filter.and.1.not.value' }] },
      { label: 'With the column id', type: 'boolean' },
      { label: 'With the column Total', type: 'boolean' },
    ]);
    expect(suggested.map(({ label }) => label)).toContain('Line ends');
  });

  it('makes a template that can be kept, whose defaults leave the export as it is', () => {
    const chosen = suggested.filter(({ label }) => label !== 'Between thousands').slice(0, 10);
    const template = templateSchema.parse({ name: 'x', definition, customizations: chosen });
    expect(() => checkTemplate(template)).not.toThrow();
    expect(customized(template, {})).toEqual(definition);
  });
});
