import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { FilterBuilder } from '#app/_ui/filter-builder/filter-builder.tsx';
import { FormatProvider } from '#app/_ui/format.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';

const columns: Column[] = [
  { name: 'word', type: 'text' },
  { name: 'price', type: 'decimal' },
  { name: 'active', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
];

function shown(value: Filter): string {
  const builder = createElement(FilterBuilder, { columns, value, onChange: () => undefined });
  const habits: Parameters<typeof FormatProvider>[0] = {
    children: null,
    locale: 'en',
    timeZone: 'Asia/Tokyo',
  };
  return renderToStaticMarkup(
    createElement(MantineProvider, null, createElement(FormatProvider, habits, builder)),
  );
}

/** The names of what can be entered or chosen for the condition's value. */
function namesOf(markup: string): string[] {
  return [...markup.matchAll(/aria-label="Condition 1: ([^"]*)"/g)].map(([, name = '']) => name).slice(2);
}

describe('the value of a condition', () => {
  it.each<[Filter, string[]]>([
    [{ field: 'price', op: 'eq', value: '1' }, ['value']],
    [{ field: 'price', op: 'between', value: ['1', null] }, ['value, from', 'value, to']],
    [{ field: 'at', op: 'between', value: ['2026-01-01', null] }, ['value, from', 'value, to']],
    [{ field: 'word', op: 'matches', value: '^a' }, ['value']],
    [
      { field: 'at', op: 'during', value: { last: 7, unit: 'week' } },
      ['value: which', 'value: how many', 'value: unit', 'value: weeks begin'],
    ],
    [{ field: 'day', op: 'during', value: { this: 'month' } }, ['value: which', 'value: unit']],
  ])('of %j is entered by inputs that have names', (filter, names) => {
    expect(namesOf(shown(filter))).toEqual(names);
  });

  it('says whose clocks its days are of, and what is wrong with it', () => {
    const days: Filter = { field: 'at', op: 'between', value: ['2026-01-01', null], zone: 'Europe/Berlin' };
    expect(shown(days)).toContain('Day in Europe/Berlin');
    expect(shown({ field: 'at', op: 'gt', value: '2026-01-31T08:00:00Z' })).toContain(
      'value="2026-01-31T17:00"',
    );
    const markup = shown({ field: 'word', op: 'matches', value: '(a' });
    const [, id] = /aria-describedby="([^"]+)"/.exec(markup) ?? [];
    expect(markup).toContain(`id="${id}"`);
    expect(markup).toContain('without its “)” at character 3');
  });

  it('offers no hours for dates', () => {
    expect(shown({ field: 'day', op: 'during', value: { last: 7, unit: 'day' } })).not.toContain('hour');
    expect(shown({ field: 'at', op: 'during', value: { last: 7, unit: 'day' } })).toContain('hours');
  });
});
