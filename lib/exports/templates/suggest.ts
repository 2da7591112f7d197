import type { Column } from '#lib/core/columns.ts';
import type { Condition, Filter } from '#lib/datasets/filter.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import { type Customization, valueSchema } from './schema.ts';

type Definition = Omit<ExportDefinition, 'name'>;

/** The questions that a template of this definition could ask: values of its filter, its columns, its format's choices. */
export function suggestCustomizations(
  definition: Definition,
  columns: readonly Column[],
  formats: readonly FormatInfo[],
): Customization[] {
  const labelOf = (name: string) => columns.find((column) => column.name === name)?.label ?? name;
  const found = [
    ...(definition.filter ? conditions(definition.filter, 'filter') : []).flatMap((at) =>
      ofCondition(at, labelOf),
    ),
    ...(definition.columns ?? []).map(({ source, header }, place) =>
      ofColumn(header ?? labelOf(source), place),
    ),
    ...ofFormat(definition.format, formats),
  ];
  return found.map((each, place) => ({ ...each, field: `choice${place + 1}` }));
}

type Suggestion = Omit<Customization, 'field'>;
type Placed = readonly [condition: Condition, path: string];

function conditions(filter: Filter, path: string): Placed[] {
  if ('and' in filter) return filter.and.flatMap((part, at) => conditions(part, `${path}.and.${at}`));
  if ('or' in filter) return filter.or.flatMap((part, at) => conditions(part, `${path}.or.${at}`));
  return 'not' in filter ? conditions(filter.not, `${path}.not`) : [[filter, path]];
}

function ofCondition([{ field, value }, path]: Placed, labelOf: (name: string) => string): Suggestion[] {
  if (typeof value === 'object' || value === undefined) return [];
  const type = typeOf(value);
  return [{ label: labelOf(field), type, default: value, sets: [{ path: `${path}.value` }] }];
}

function typeOf(value: string | number | boolean): Customization['type'] {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return valueSchema({ type: 'date' }).safeParse(value).success ? 'date' : 'text';
}

function ofColumn(label: string, place: number): Suggestion {
  const sets = [{ path: `columns.${place}`, values: { false: null } }];
  return { label: `With the column ${label}`.slice(0, 200), type: 'boolean', default: true, sets };
}

/** The switches and choices among the options of the format. */
function ofFormat({ type, options }: Definition['format'], formats: readonly FormatInfo[]): Suggestion[] {
  const known = formats.find(({ id }) => id === type)?.options ?? {};
  const values: Readonly<Record<string, unknown>> = { ...options };
  return Object.entries(known).flatMap(([name, { title, enum: offered, labels }]): Suggestion[] => {
    const value = values[name];
    const shared = { label: title, sets: [{ path: `format.options.${name}` }] };
    if (typeof value === 'boolean') return [{ ...shared, type: 'boolean', default: value }];
    if (typeof value !== 'string' || !offered) return [];
    return [{ ...shared, type: 'select', options: [...offered], default: value, ...(labels && { labels }) }];
  });
}
