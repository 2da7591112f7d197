import type { Column } from '#lib/core/columns.ts';
import { compileField, type ValueKind } from './compile-field.ts';
import type { Within } from './expression/names.ts';
import type { FieldMapping, MappingTarget } from './mapping.ts';
import { rootOf } from './source-path.ts';
import type { StreamMapping } from './stream-mapping.ts';

/** A dataset that a stream fills, by the name that people know. */
export interface DriftTarget extends MappingTarget {
  readonly label: string;
}

/** How a stream's present columns differ from those that its mapping was made for. */
export interface Drift {
  /** Columns that the mapping reads and the source no longer has. */
  readonly lost: readonly string[];
  /** What is left of the mapping without them; null where no row can be known without them. */
  readonly mapping: StreamMapping | null;
  /** What comes of the lost ones, in sentences; empty where none is lost. */
  readonly words: string;
}

/**
 * Compares the columns that a source has with what a mapping of it reads: what is not among them is lost, or, where
 * `without` is given, only what that names. A column of a dataset that needs a
 * lost one is no longer written, so that its rows keep their present values; a list whose own, or whose key, is
 * lost is passed over; a key of the stream's own dataset that is lost stops the stream. `targets` are the
 * datasets in the order of `datasetsOf`.
 */
export function driftOf(
  mapping: StreamMapping,
  targets: readonly DriftTarget[],
  stream: ValueKind,
  present: readonly string[],
  without?: readonly string[],
): Drift {
  const missing = without ? namedBy(new Set(without), stream) : missingAmong(new Set(present), stream);
  const [own, ...others] = targets as [DriftTarget, ...DriftTarget[]];
  const main = pruned(mapping.fields, own, stream, 'row', missing);
  const lists = (mapping.also ?? []).map((list, place) => {
    const target = others[place] as DriftTarget;
    const part = pruned(list.fields, target, stream, 'item', missing);
    const lost = [...missing([list.each]), ...part.lost];
    const isPassedOver = missing([list.each]).length > 0 || part.losesKey;
    return { ...part, lost, list: { ...list, fields: part.fields }, isPassedOver, target };
  });
  const lost = [...new Set([main, ...lists].flatMap((part) => part.lost))];
  const left = lists.filter(({ isPassedOver }) => !isPassedOver).map(({ list }) => list);
  const { also: _, ...rest } = mapping;
  return {
    lost,
    mapping: main.losesKey ? null : { ...rest, fields: main.fields, ...(left.length > 0 && { also: left }) },
    words:
      lost.length === 0
        ? ''
        : wordsFor(lost, present, [{ ...main, target: own, isPassedOver: false }, ...lists]),
  };
}

type Missing = (reads: readonly string[]) => string[];

function missingAmong(present: ReadonlySet<string>, { rawText }: ValueKind): Missing {
  return (reads) =>
    reads
      .filter((name) => !present.has(name) && (rawText || !present.has(rootOf(name))))
      .map((name) => (rawText ? name : rootOf(name)));
}

function namedBy(lost: ReadonlySet<string>, { rawText }: ValueKind): Missing {
  return (reads) => reads.map((name) => (rawText ? name : rootOf(name))).filter((name) => lost.has(name));
}

interface Pruned {
  readonly fields: FieldMapping;
  readonly lost: readonly string[];
  /** The columns that keep their present values. */
  readonly unwritten: readonly Column[];
  readonly losesKey: boolean;
}

function pruned(
  fields: FieldMapping,
  { columns, key }: MappingTarget,
  stream: ValueKind,
  within: Within,
  missing: Missing,
): Pruned {
  const lost: string[] = [];
  const unwritten = columns.filter((column) => {
    const field = fields[column.name];
    const gone = field === undefined ? [] : missing(compileField(column, field, stream, within).reads);
    lost.push(...gone);
    return gone.length > 0;
  });
  const names = new Set(unwritten.map(({ name }) => name));
  return {
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name))),
    lost,
    unwritten,
    losesKey: key.some((name) => names.has(name)),
  };
}

type Affected = Pick<Pruned, 'unwritten' | 'losesKey'> & {
  readonly target: DriftTarget;
  readonly isPassedOver: boolean;
};

function wordsFor(lost: readonly string[], present: readonly string[], parts: readonly Affected[]): string {
  const one = lost.length === 1;
  const what = `The source no longer has the column${one ? '' : 's'} ${listed(lost)}.`;
  const effects = parts[0]?.losesKey
    ? [`Rows of ${quote(parts[0].target.label)} are known by ${one ? 'it' : 'them'}, so nothing was read.`]
    : parts.flatMap(effectOn);
  const todo = `Change the mapping, or bring ${one ? 'it' : 'them'} back. The source has: ${listed(present)}.`;
  return [what, ...effects, todo].join(' ');
}

function effectOn({ target, unwritten, isPassedOver }: Affected): string[] {
  if (isPassedOver) return [`No rows go into ${quote(target.label)} for now; those that are there stay.`];
  if (unwritten.length === 0) return [];
  const names = listed(unwritten.map(({ name, label }) => label ?? name));
  const verb = unwritten.length === 1 ? 'keeps its present values' : 'keep their present values';
  return [`In ${quote(target.label)}, ${names} ${verb}.`];
}

const MOST_NAMED = 20;

/** Names in quotes, the first of many. */
function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const first = names.slice(0, MOST_NAMED).map(quote).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
}

function quote(name: string): string {
  return `“${name}”`;
}
