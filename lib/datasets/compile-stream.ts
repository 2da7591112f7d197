import type { SourceRow } from '#connectors/contract.ts';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { CompiledField, ValueKind } from './compile-field.ts';
import type { Surroundings } from './expression/scope.ts';
import { jsonCell } from './json-cell.ts';
import { compileFields, type MappingTarget } from './mapping.ts';
import { Refusal } from './refusal.ts';
import { type MappedValues, type RefusedValues, type RowMapper, rowMapper } from './row-mapper.ts';
import { pathReader } from './source-path.ts';
import type { StreamFields } from './stream-mapping.ts';

/** A stream's mapping, ready for many rows. */
export interface CompiledStream {
  /** Its own dataset, then those of its lists, in the order of the mapping. */
  readonly targets: readonly CompiledTarget[];
  /** What is read of the source's rows, each once: columns, or paths into them. */
  readonly sourceColumns: readonly string[];
  readonly map: (row: SourceRow) => MappedRows | RefusedValues;
}

/** What of a dataset the stream writes. */
export interface CompiledTarget {
  /**
   * The mapped columns in the dataset's order, and behind them the platform's own that are written along: `extra`
   * where the mapping keeps it, and of a list `parent_external_id`. In the order of a row's values.
   */
  readonly columns: readonly Column[];
  /** The list that it is filled from, as the mapping names it; absent for the stream's own. */
  readonly each?: string;
}

/** All that a row of the source makes. */
export interface MappedRows {
  readonly ok: true;
  /** By target: one row of the stream's own dataset, and one for each good item of each list. */
  readonly rows: readonly (readonly MappedValues[])[];
  /** The items that their dataset does not take; they keep nothing else from being written. */
  readonly refused: readonly RefusedItem[];
}

/** An item that its dataset does not take; `field` is the list's where that is no list. */
export interface RefusedItem extends RefusedValues {
  /** Which of the targets. */
  readonly target: number;
  /** Where in the row it stands: `lines[0]`, or `lines` where that is no list. */
  readonly place: string;
  readonly item: unknown;
}

/**
 * Makes a stream's mapping ready; `targets` are the datasets in the order of `datasetsOf`. Where the row is
 * refused, its items are too. Throws `MAPPING_ERROR` where the mapping no longer fits a dataset.
 */
export function compileStream(
  { fields, also = [], keepExtra = false }: StreamFields,
  targets: readonly MappingTarget[],
  stream: ValueKind,
): CompiledStream {
  const [own, ...others] = targets as [MappingTarget, ...MappingTarget[]];
  const taken = also.map(({ each }) => each);
  const main = compileFields(fields, own, stream);
  const written = keepExtra ? [...main, extraField(main, taken)] : main;
  const lists = also.map(({ each, fields: ofItem }, place) =>
    compileList(each, compileFields(ofItem, others[place] as MappingTarget, stream, 'item'), {
      key: (others[place] as MappingTarget).key,
      keepExtra,
    }),
  );
  const mapOwn = rowMapper(written, own.key);
  const reads = [...main.flatMap((field) => field.reads), ...lists.flatMap((list) => list.reads)];
  return {
    targets: [{ columns: columnsOf(written) }, ...lists.map(({ each, columns }) => ({ each, columns }))],
    sourceColumns: [...new Set(reads)],
    map: (row) => {
      const mapped = mapOwn(row);
      return mapped.ok ? withItems(mapped, row, lists) : mapped;
    },
  };
}

interface CompiledList extends CompiledTarget {
  readonly each: string;
  readonly reads: readonly string[];
  readonly listOf: (values: unknown) => unknown;
  readonly map: RowMapper;
}

interface ItemPlace extends Surroundings {
  readonly parentId: string;
}

function compileList(
  each: string,
  fields: readonly CompiledField[],
  { key, keepExtra }: { readonly key: readonly string[]; readonly keepExtra: boolean },
): CompiledList {
  const written = [...fields, ...(keepExtra ? [extraField(fields, [])] : []), parentField];
  return {
    each,
    columns: columnsOf(written),
    reads: [each, ...fields.flatMap((field) => field.reads)],
    listOf: pathReader(each),
    map: rowMapper(written, key),
  };
}

function withItems(mapped: MappedValues, row: SourceRow, lists: readonly CompiledList[]): MappedRows {
  const refused: RefusedItem[] = [];
  const ofLists = lists.map(({ each, listOf, map }, index) => {
    const target = index + 1;
    const parentId = mapped.externalId;
    const list = listOf(row.values) ?? [];
    if (!Array.isArray(list)) {
      refused.push(noList(target, each, list, row));
      return [];
    }
    return list.flatMap((item: unknown, at): MappedValues[] => {
      const place: ItemPlace = { values: item, parent: row.values, index: at + 1, parentId };
      const result = map(place);
      if (result.ok) return [{ ...result, parentExternalId: parentId }];
      refused.push({ ...result, target, place: `${each}[${at}]`, item });
      return [];
    });
  });
  return { ok: true, rows: [[mapped], ...ofLists], refused };
}

function noList(target: number, each: string, found: unknown, { values }: SourceRow): RefusedItem {
  const isRefused = found instanceof Refusal;
  const value = isRefused ? values : found;
  const reason = isRefused ? found.reason : 'is not a list';
  return { ok: false, externalId: null, field: each, reason, value, target, place: each, item: value };
}

const parentField: CompiledField = {
  column: { name: 'parent_external_id', type: 'text', label: 'Belongs to row' },
  reads: [],
  read: (from) => (from as ItemPlace).parentId,
  cell: (id) => id as string,
  show: ({ values }) => values,
};

/** All members that no field takes whole, in the order of their names; what is read in part stays among them. */
function extraField(fields: readonly CompiledField[], lists: readonly string[]): CompiledField {
  const taken = new Set([...fields.flatMap(({ takes }) => takes ?? []), ...lists]);
  const read = ({ values }: Surroundings): unknown => {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return null;
    const rest = Object.entries(values).filter(([name]) => !taken.has(name));
    return rest.length === 0
      ? null
      : Object.fromEntries(rest.sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  const cell = (rest: unknown): CellText | Refusal => (rest === null ? null : jsonCell(rest));
  const column: Column = { name: 'extra', type: 'json', label: 'Unmapped columns' };
  return { column, reads: [], read, cell, show: ({ values }) => values };
}

function columnsOf(fields: readonly CompiledField[]): Column[] {
  return fields.map(({ column }) => column);
}
