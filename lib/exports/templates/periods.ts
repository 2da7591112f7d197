import type { Period } from '#lib/datasets/period.ts';
import type { Customization } from './schema.ts';

type Choice = Pick<Customization, 'type' | 'options' | 'labels' | 'default' | 'sets'>;

const periods: Readonly<Record<string, Period>> = {
  'this-month': { this: 'month' },
  'last-month': { previous: 'month' },
  'last-30-days': { last: 30, unit: 'day' },
  'last-90-days': { last: 90, unit: 'day' },
  'this-year': { this: 'year' },
  'last-year': { previous: 'year' },
};

const labels = {
  'as-defined': 'As the template has it',
  'this-month': 'This month',
  'last-month': 'Last month',
  'last-30-days': 'The last 30 days',
  'last-90-days': 'The last 90 days',
  'this-year': 'This year',
  'last-year': 'Last year',
  all: 'All time',
};

/** A choice among periods for the condition at `path`, which `all` takes away; `standard` is one of their ids. */
export function periodChoice(path: string, standard: string): Choice {
  const options = [...Object.keys(periods), 'all'];
  return {
    type: 'select',
    options: options.includes(standard) ? options : [standard, ...options],
    labels,
    default: standard,
    sets: [
      { path: `${path}.value`, values: periods },
      { path, values: { all: null } },
    ],
  };
}

/** The id of a period; `as-defined`, which changes nothing, of one that is not among those offered. */
export function periodId(period: unknown): string {
  const text = JSON.stringify(period);
  return Object.keys(periods).find((id) => JSON.stringify(periods[id]) === text) ?? 'as-defined';
}
