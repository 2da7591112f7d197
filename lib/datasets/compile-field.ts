import type { StreamDefinition } from '#connectors/contract.ts';
import type { CellText, Column } from '#lib/core/columns.ts';
import { coercion } from './coerce.ts';
import { type CompiledExpression, compileExpression } from './expression/compile.ts';
import type { Within } from './expression/names.ts';
import type { Surroundings } from './expression/scope.ts';
import type { FieldMapping } from './mapping.ts';
import { Refusal } from './refusal.ts';
import { pathReader } from './source-path.ts';
import { compileTransforms } from './transforms.ts';

/** What a stream says of its values. */
export type ValueKind = Pick<StreamDefinition, 'rawText'>;

/** What fills a column, ready for many rows. */
export interface CompiledField {
  readonly column: Column;
  /** What it reads of the source's row: columns, or paths into them, as the mapping names them. */
  readonly reads: readonly string[];
  /** What it takes whole out of the row, or the item, that is mapped. */
  readonly takes?: string;
  /** The source's value, or why there is none. */
  readonly read: (from: Surroundings) => unknown;
  readonly cell: (value: unknown) => CellText | Refusal;
  /** What to show of the source where `read` gives a `Refusal`. */
  readonly show: (from: Surroundings) => unknown;
}

/** Makes what fills a column ready. Throws `ExpressionProblem`. */
export function compileField(
  column: Column,
  field: FieldMapping[string],
  stream: ValueKind,
  within: Within,
): CompiledField {
  const coerce = coercion(column.type, stream);
  if (typeof field === 'string') return { column, cell: coerce, ...reader(field, stream, within) };
  const reading =
    'expression' in field
      ? computed(compileExpression(field.expression, within), within)
      : reader(field.from, stream, within);
  const transform = compileTransforms(field.transform ?? []);
  const withDefault = field.default ?? null;
  // A person typed it: for a json column it is JSON, whatever the stream's own values are.
  const ofDefault = coercion(column.type, { rawText: true });
  const cell = (value: unknown) => {
    const changed = transform(value);
    if (changed instanceof Refusal) return changed;
    const isNothing = changed === null || changed === undefined || changed === '';
    return isNothing && withDefault !== null ? ofDefault(withDefault) : coerce(changed);
  };
  return { column, cell, ...reading };
}

type Reading = Pick<CompiledField, 'reads' | 'takes' | 'read' | 'show'>;

function reader(from: string, { rawText }: ValueKind, within: Within): Reading {
  if (within === 'item') return itemReader(from);
  const read = rawText ? columnReader(from) : pathReader(from);
  return {
    reads: [from],
    takes: from,
    read: ({ values }) => read(values),
    show: ({ values }) => values,
  };
}

/** The columns of a table are flat, whatever they are called. */
function columnReader(name: string) {
  return (values: unknown): unknown =>
    Object.hasOwn(values as object, name) ? (values as Readonly<Record<string, unknown>>)[name] : undefined;
}

const ofParent = /^parent(?:\.|(?=\[))(.+)$/s;
const ofItem = /^item(?:[.[]|$)/;

/** `index`, `item`, `parent.order_number`, or a member of the item by its name. */
function itemReader(from: string): Reading {
  const show = ({ values }: Surroundings) => values;
  if (from === 'index') return { reads: [], read: ({ index }) => index, show };
  const outer = ofParent.exec(from)?.[1];
  if (outer !== undefined) {
    const read = pathReader(outer);
    return { reads: [outer], read: ({ parent }) => read(parent), show: ({ parent }) => parent };
  }
  const read = pathReader(from);
  if (ofItem.test(from)) return { reads: [], read: ({ values }) => read({ item: values }), show };
  return { reads: [], takes: from, read: ({ values }) => read(values), show };
}

function computed({ columns, compute }: CompiledExpression, within: Within): Reading {
  const shown = within === 'row' ? columns : [];
  return {
    reads: columns,
    read: compute,
    show: ({ values }) => (shown.length > 0 ? partOf(values, shown) : values),
  };
}

function partOf(values: unknown, names: readonly string[]): unknown {
  return Object.fromEntries(names.map((name) => [name, columnReader(name)(values) ?? null]));
}
