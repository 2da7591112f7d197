import { describe, expect, it } from 'vitest';
import type { Column } from '#lib/core/columns.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { builtinTemplates } from '#lib/exports/templates/builtin.ts';
import { checkTemplate } from '#lib/exports/templates/check.ts';
import { customized } from '#lib/exports/templates/customize.ts';
import { templateSchema } from '#lib/exports/templates/schema.ts';
import { suggestCustomizations } from '#lib/exports/templates/suggest.ts';

const columns: Column[] = [
  { name: 'status', type: 'text', label: 'Status' },
  { name: 'placed', type: 'date', label: 'Placed' },
];
const catalog = formatCatalog();

function definitionOf(given: object) {
  const { name: _, ...definition } = exportDefinition.parse({ name: 'x', dataset: 'orders', ...given });
  return definition;
}

const rows = definitionOf({
  columns: [{ source: 'id' }, { source: 'total', header: 'Total' }],
  filter: {
    and: [
      { field: 'status', op: 'eq', value: 'open' },
      { not: { field: 'placed', op: 'lt', value: '2026-01-31' } },
      { field: 'placed', op: 'during', value: { this: 'month' } },
      { field: 'placed', op: 'during', value: { last: 14, unit: 'day' } },
      { field: 'id', op: 'in', value: ['a', 'b'] },
    ],
  },
  sort: [{ field: 'placed', direction: 'desc' }],
  limit: 50,
});
const groups = definitionOf({
  groupBy: [{ field: 'placed', bucket: { unit: 'month' } }],
  aggregates: [{ function: 'count' }],
  having: { field: 'count', op: 'gte', value: 2 },
});

const questionsOf = (definition: typeof rows) => suggestCustomizations(definition, columns, catalog);
const labelled = (definition: typeof rows, label: string) =>
  questionsOf(definition).find((each) => each.label === label);

describe('what a template of a definition could ask', () => {
  it('is the plain values of its filters, and the periods', () => {
    expect(labelled(rows, 'Status')).toMatchObject({ field: 'status', type: 'text', default: 'open' });
    expect(labelled(rows, 'Placed, less than')).toMatchObject({
      type: 'date',
      default: '2026-01-31',
      sets: [{ path: 'filter.and.1.not.value' }],
    });
    const periods = questionsOf(rows).filter(({ label }) => label === 'Placed');
    expect(periods.map((each) => each.default)).toEqual(['this-month', 'as-defined']);
    expect(labelled(groups, 'count, at least')).toMatchObject({ type: 'number', default: 2 });
  });

  it('is which conditions hold, which columns there are, how many rows, and in which order', () => {
    expect(labelled(rows, 'With the condition on id')?.sets).toEqual([
      { path: 'filter.and.4', values: { false: null } },
    ]);
    expect(labelled(rows, 'With the column Total')?.sets[0]?.path).toBe('columns.1');
    expect(labelled(rows, 'So many rows at most')).toMatchObject({ type: 'number', default: 50 });
    expect(labelled(rows, 'Order by Placed')).toMatchObject({ options: ['asc', 'desc'], default: 'desc' });
  });

  it('is the stretch by which times are put together, of days none that is shorter', () => {
    expect(labelled(groups, 'Stretch of Placed')).toMatchObject({
      default: 'month',
      options: ['day', 'week', 'month', 'quarter', 'year'],
    });
  });

  it('is the choices of its own format, and of the others, which are for those alone', () => {
    expect(labelled(rows, 'Line ends')?.sets).toEqual([{ path: 'format.options.lineEnd' }]);
    expect(labelled(rows, 'Paper (PDF)')?.sets).toEqual([{ path: 'format.options.paper', format: 'pdf' }]);
  });

  it('has a name of its own for each answer', () => {
    const names = questionsOf(rows).map(({ field }) => field);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['placed', 'placed_2', 'placed_3']));
  });

  it('is called by no name that every object has, which no template takes', () => {
    const definition = definitionOf({ filter: { field: 'constructor', op: 'eq', value: 'x' } });
    const [question] = questionsOf(definition);
    expect(question?.field).toBe('constructor_2');
    const customizations = [{ ...question, field: 'constructor' }];
    expect(templateSchema.safeParse({ name: 'x', definition, customizations }).success).toBe(false);
  });

  it.each([
    { of: 'rows', definition: rows },
    { of: 'groups', definition: groups },
    ...builtinTemplates.map(({ id, definition }) => ({ of: id, definition })),
  ])('can be kept each by itself, and leaves what is not answered as it is: $of', ({ definition }) => {
    for (const question of questionsOf(definition)) {
      const formats = question.sets.flatMap(({ format }) => format ?? []);
      const template = templateSchema.parse({ name: 'x', definition, customizations: [question], formats });
      expect(() => checkTemplate(template), question.field).not.toThrow();
      expect(customized(template, {}), question.field).toEqual(definition);
    }
  });
});
