import type { Column } from '#lib/core/columns.ts';
import type { DatabaseView } from '#lib/datasets/database-views.ts';
import { freeName, machineName } from '#lib/datasets/names.ts';
import type { ViewInput } from '#lib/datasets/schema.ts';

/** A column of a view that is about to be registered. */
export interface ViewColumn extends Pick<Column, 'name' | 'type'> {
  readonly label: string;
  readonly included: boolean;
  readonly personal: boolean;
  /** Of amounts, the column that names their currency; null where they are of one, or none. */
  readonly currency: string | null;
}

/** A view that is about to be registered. */
export interface ViewDraft {
  readonly view: string;
  readonly label: string;
  readonly key: readonly string[];
  readonly columns: readonly ViewColumn[];
}

/** A view as it is first offered: with all of its columns, labelled by their names. */
export function startView({ view, columns }: DatabaseView): ViewDraft {
  return {
    view,
    label: labelOf(view.slice(view.indexOf('.') + 1)),
    key: [],
    columns: columns.map(({ name, type }) => ({
      name,
      type,
      label: labelOf(name),
      included: true,
      personal: false,
      currency: null,
    })),
  };
}

/** `order_number` as a person writes it. */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim() || name;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What addresses and the API call it. */
export function viewName({ label }: ViewDraft, taken: readonly string[]): string {
  return freeName(machineName(label, 'view'), new Set(taken));
}

/** What is sent: the columns that are included, in their order. */
export function viewInput(draft: ViewDraft, taken: readonly string[]): ViewInput {
  const columns = includedColumns(draft);
  return {
    kind: 'view',
    name: viewName(draft, taken),
    label: draft.label.trim(),
    view: draft.view,
    columns: columns.map(({ name, label, personal, currency }) => ({
      name,
      ...(label.trim() !== '' && { label: label.trim() }),
      ...(personal && { personal }),
      ...(columns.some((column) => column.name === currency) && { currency: currency as string }),
    })),
    key: draft.key.filter((name) => columns.some((column) => column.name === name)),
  };
}

function includedColumns({ columns }: ViewDraft): ViewColumn[] {
  return columns.filter(({ included }) => included);
}

/** Those that can name the currency of others. */
export function currencyColumns(columns: ViewDraft['columns']): ViewColumn[] {
  return columns.filter(({ type, included }) => included && type === 'text');
}

/** Those that can be part of a key. */
export function keyColumns(draft: ViewDraft): ViewColumn[] {
  return includedColumns(draft).filter(({ type }) => type !== 'json');
}

/** What the server says of single fields, by where the form shows it. */
interface ViewProblems {
  readonly label: string | undefined;
  readonly view: string | undefined;
  readonly key: string | undefined;
  /** By the name of the column. */
  readonly columns: Readonly<Record<string, string>>;
  /** Whether there is one that no input shows. */
  readonly hasOther: boolean;
}

/** Sorts the problems of what was sent, `columns.1.label`, to the inputs. */
export function viewProblems(sent: ViewDraft, fields: Readonly<Record<string, string>> = {}): ViewProblems {
  const entries = Object.entries(fields);
  const at = (field: string) => entries.find(([place]) => place.split('.')[0] === field)?.[1];
  const included = includedColumns(sent);
  const columns = entries.flatMap(([place, problem]) => {
    const [, index] = /^columns\.(\d+)\./.exec(place) ?? [];
    const name = index === undefined ? undefined : included[Number(index)]?.name;
    return name === undefined ? [] : [[name, problem] as const];
  });
  const known = ['label', 'view', 'key', 'columns'];
  return {
    label: at('label'),
    view: at('view'),
    key: at('key'),
    columns: Object.fromEntries(columns),
    hasOther: entries.length === 0 || entries.some(([place]) => !known.includes(place.split('.')[0] ?? '')),
  };
}
