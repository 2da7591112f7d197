import { describe, expect, it } from 'vitest';
import {
  choiceLabel,
  emptyOf,
  fieldsOf,
  isSection,
  isWrong,
  labelOf,
  missingIn,
  pathOf,
  type Schema,
  withValue,
} from '#app/_ui/schema-form/schema.ts';
import { formatCatalog } from '#lib/exports/formats/catalog.ts';
import { formatChoice } from '#lib/exports/formats/registry.ts';
import { transformCatalog } from '#lib/exports/shape/catalog.ts';

function optionsOf(format: string): Readonly<Record<string, Schema>> {
  return formatCatalog().find(({ id }) => id === format)?.options ?? {};
}

function transformOptions(transform: string): Readonly<Record<string, Schema>> {
  const { options } = transformCatalog().find(({ name }) => name === transform) ?? {};
  return (options as Schema | undefined)?.properties ?? {};
}

describe('a form of options', () => {
  it('shows what has an answer already, and folds away what may be absent', () => {
    const { main, more } = fieldsOf({ type: 'object', properties: optionsOf('csv') });
    expect(main.map(([name]) => name)).toContain('delimiter');
    expect(more.map(([name]) => name)).toEqual(['decimals', 'dateFormat', 'timestampFormat']);
  });

  it('folds lists and groups of options into sections of their own', () => {
    const sections = Object.entries(optionsOf('xlsx')).filter(([, option]) => isSection(option));
    expect(sections.map(([name]) => name)).toEqual(
      expect.arrayContaining(['styling', 'formats', 'charts', 'pivotTables', 'conditionalFormats']),
    );
  });

  it('adds to a list what lacks nothing but what a person must choose', () => {
    const { items = {} } = optionsOf('xlsx').charts ?? {};
    expect(emptyOf(items)).toEqual({ categories: '', values: [] });
    const chart = { categories: 'state', values: ['total'] };
    expect(missingIn(items, chart, 'charts.0')).toEqual({});
    const options = { charts: [chart] };
    expect(formatChoice.safeParse({ type: 'xlsx', options }).success).toBe(true);
  });

  it('keeps an empty text where that is an answer, and not where it is none', () => {
    const { nullText, dateFormat } = optionsOf('csv');
    expect(withValue({ nullText: 'NULL' }, 'nullText', '', nullText)).toEqual({ nullText: '' });
    expect(withValue({ dateFormat: 'D' }, 'dateFormat', '', dateFormat)).toEqual({});
  });

  it('offers columns, zones, languages and colours in place of a text to type', () => {
    const { charts, styling } = optionsOf('xlsx');
    expect(charts?.items?.properties?.categories?.input).toBe('column');
    expect(charts?.items?.properties?.values?.items?.input).toBe('column');
    expect(styling?.properties?.headerColor?.input).toBe('color');
    expect(optionsOf('parquet').lists?.items?.input).toBe('header');
    expect(optionsOf('csv').timeZone?.input).toBe('timeZone');
    expect(transformOptions('formatDate').locale?.input).toBe('locale');
    expect(transformOptions('concat').columns?.items?.input).toBe('column');
  });

  it('calls a field and a value that have no name by words', () => {
    expect(labelOf({}, 'thousandsSeparator')).toBe('Thousands separator');
    expect(labelOf({}, 'Name')).toBe('Name');
    expect(choiceLabel({}, '')).toBe('Nothing');
    expect(choiceLabel({}, ' ')).toBe('Space');
    expect(choiceLabel({ labels: { lf: 'LF (usual)' } }, 'lf')).toBe('LF (usual)');
  });

  it('finds what is wrong within a field, and not in another whose name begins alike', () => {
    const problems = { [pathOf(pathOf('', 'split'), 'rows')]: 'must be a number' };
    expect(isWrong(problems, 'split')).toBe(true);
    expect(isWrong(problems, 'spl')).toBe(false);
  });
});
