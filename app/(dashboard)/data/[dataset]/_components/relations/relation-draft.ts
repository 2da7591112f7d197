import type { Column } from '#lib/core/columns.ts';
import { canBeSame } from '#lib/datasets/can-be-same.ts';
import { freeName, machineName } from '#lib/datasets/names.ts';
import type { Relation } from '#lib/datasets/relation-schema.ts';
import type { DatasetView } from '#lib/datasets/view.ts';

/** A column here and the one there that must hold the same; null where it is yet to be chosen. */
export interface PairDraft {
  readonly from: string | null;
  readonly to: string | null;
}

/** A relation that is about to be declared. */
export interface RelationDraft {
  readonly dataset: string;
  readonly name: string;
  readonly kind: Relation['kind'];
  readonly pairs: readonly PairDraft[];
  readonly sameSource: boolean;
}

type Related = Pick<DatasetView, 'name' | 'label' | 'kind' | 'columns' | 'key' | 'relations'>;

export const emptyPair: PairDraft = { from: null, to: null };

/** A relation as it is first offered: by the key of the other dataset, or of this one, where both have its columns. */
export function startRelation(own: Related, other: Related): RelationDraft {
  const shared = [other.key, own.key, own.columns.map(({ name }) => name)]
    .map((names) => names.flatMap((name) => pairOf(name, own, other)))
    .find((pairs) => pairs.length > 0);
  const pairs = shared?.slice(0, Math.max(1, other.key.length)) ?? [emptyPair];
  const isByKey = other.key.length > 0 && other.key.every((name) => pairs.some(({ to }) => to === name));
  return {
    dataset: other.name,
    name: freeName(machineName(other.label, 'related'), new Set(own.relations.map(({ name }) => name))),
    kind: isByKey ? 'one' : 'many',
    pairs,
    sameSource: false,
  };
}

function pairOf(name: string, own: Related, other: Related): PairDraft[] {
  const [from, to] = [own, other].map(({ columns }) => columns.find((column) => column.name === name));
  return from && to && canBeSame(from.type, to.type) ? [{ from: name, to: name }] : [];
}

/** The columns that a relation can go by from here. */
export function ownChoices({ columns }: Pick<Related, 'columns'>): Column[] {
  return columns.filter(({ type }) => type !== 'json');
}

/** Those there that can hold the same as the one here. */
export function otherChoices(own: Related, other: Related, from: string | null): Column[] {
  const type = own.columns.find(({ name }) => name === from)?.type;
  return ownChoices(other).filter((column) => type === undefined || canBeSame(type, column.type));
}

/** Whether rows of both come from sources, which can be asked to be the same. */
export function haveSources(own: Related, other: Related): boolean {
  return own.kind !== 'view' && other.kind !== 'view';
}

/** What is sent; undefined as long as a column is yet to be chosen. */
export function relationOf({ pairs, ...rest }: RelationDraft): Relation | undefined {
  const columns = pairs.flatMap(({ from, to }) => (from === null || to === null ? [] : [{ from, to }]));
  return columns.length > 0 && columns.length === pairs.length ? { ...rest, columns } : undefined;
}

/** The problems of the relation that was sent at that place, by its own fields: `columns.0.to`. */
export function relationProblems(
  fields: Readonly<Record<string, string>> = {},
  place: number,
): Readonly<Record<string, string>> {
  const prefix = `relations.${place}.`;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, problem]) =>
      field.startsWith(prefix) ? [[field.slice(prefix.length), problem]] : [],
    ),
  );
}
