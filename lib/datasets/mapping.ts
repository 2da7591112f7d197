import { z } from 'zod';
import type { SourceRow, StreamDefinition } from '#connectors/contract.ts';
import type { CellText, Column } from '#lib/core/columns.ts';
import { EntrepotError, type FieldErrors } from '#lib/core/errors.ts';
import { coercion } from './coerce.ts';
import { Refusal } from './refusal.ts';
import { rowHasher } from './row-hash.ts';
import { compileTransforms, transformSchema } from './transforms.ts';

const fieldSchema = z.strictObject({
  from: z.string().min(1).meta({ title: 'Source column' }),
  transform: z.array(transformSchema).optional().meta({ title: 'Transforms, in their order' }),
  default: z.union([z.string(), z.number(), z.boolean()]).optional().meta({
    title: 'Where there is no value',
    description: 'Absent, null or, after the transforms, an empty text.',
  }),
});

/** Dataset column → source column: `"sku": "productCode"`, or `{ from, transform, default }`. */
export const fieldMappingSchema = z.record(z.string(), z.union([z.string().min(1), fieldSchema])).meta({
  id: 'FieldMapping',
  description: 'By column of the dataset: the column of the source, or how its value is made.',
});

export type FieldMapping = z.infer<typeof fieldMappingSchema>;

/** What a mapping is made for. */
export interface MappingTarget {
  readonly columns: readonly Column[];
  readonly key: readonly string[];
}

/** A row as the dataset takes it. */
export interface MappedValues {
  readonly ok: true;
  /** The key's value, or the JSON array of a compound key's. */
  readonly externalId: string;
  /** One for each of the mapping's columns. */
  readonly values: CellText[];
  /** Over the mapped columns and their values: 32 hexadecimal digits. */
  readonly hash: string;
}

/** A row that the dataset does not take, with the first reason. */
export interface RefusedValues {
  readonly ok: false;
  /** Null where the row has no valid key, so that nobody can say which row was refused. */
  readonly externalId: string | null;
  /** The dataset's column. */
  readonly field: string;
  readonly reason: string;
  /** As the source gave it. */
  readonly value: unknown;
}

export interface CompiledMapping {
  /** The mapped columns, in the dataset's order. */
  readonly columns: readonly Column[];
  /** The source's columns that are read, each once. */
  readonly sourceColumns: readonly string[];
  readonly map: (row: SourceRow) => MappedValues | RefusedValues;
}

/** Throws `invalid`, with a reason for each field under `path`, where a mapping cannot be saved. */
export function checkMapping(fields: FieldMapping, target: MappingTarget, path: string): void {
  const problems = mappingProblems(fields, target);
  if (problems.length === 0) return;
  const named: FieldErrors = Object.fromEntries(
    problems.map(([name, reason]) => [`${path}.${name}`, reason]),
  );
  throw new EntrepotError('invalid', 'The mapping does not fit the dataset.', { fields: named });
}

function mappingProblems(fields: FieldMapping, { columns, key }: MappingTarget): [string, string][] {
  const known = new Set(columns.map(({ name }) => name));
  const unknown = Object.keys(fields).filter((name) => !known.has(name));
  const unmapped = key.filter((name) => !Object.hasOwn(fields, name));
  return [
    ...unknown.map((name): [string, string] => [name, 'the dataset has no such column']),
    ...unmapped.map((name): [string, string] => [name, 'belongs to the key and must be mapped']),
  ];
}

/** What a stream says of its values. */
type ValueKind = Pick<StreamDefinition, 'rawText'>;

/** Makes a mapping ready for many rows of a stream. Throws `MAPPING_ERROR` where it no longer fits the dataset. */
export function compileMapping(
  fields: FieldMapping,
  target: MappingTarget,
  stream: ValueKind,
): CompiledMapping {
  const problem = mappingProblems(fields, target)[0];
  if (problem) {
    const message = `The mapping no longer fits the dataset: "${problem[0]}": ${problem[1]}. Change the mapping.`;
    throw new EntrepotError('MAPPING_ERROR', message);
  }
  const columns = target.columns.filter(({ name }) => Object.hasOwn(fields, name));
  const cells = columns.map((column) =>
    compileCell(column, fields[column.name] as FieldMapping[string], stream),
  );
  const keyIndexes = target.key.map((name) => columns.findIndex((column) => column.name === name));
  const hashOf = rowHasher(columns.map(({ name }) => name));
  return {
    columns,
    sourceColumns: [...new Set(cells.map(({ from }) => from))],
    map: (row) => mapRow(row, cells, keyIndexes, hashOf),
  };
}

/** The source's columns that the mapping needs and a header does not have. */
export function missingColumns(mapping: CompiledMapping, header: readonly string[]): string[] {
  const present = new Set(header);
  return mapping.sourceColumns.filter((name) => !present.has(name));
}

interface CompiledCell {
  readonly name: string;
  readonly from: string;
  readonly cell: (value: unknown) => CellText | Refusal;
}

function compileCell({ name, type }: Column, field: FieldMapping[string], stream: ValueKind): CompiledCell {
  const coerce = coercion(type, stream);
  if (typeof field === 'string') return { name, from: field, cell: coerce };
  const transform = compileTransforms(field.transform ?? []);
  const withDefault = field.default ?? null;
  // A person typed it: for a json column it is JSON, whatever the stream's own values are.
  const ofDefault = coercion(type, { rawText: true });
  return {
    name,
    from: field.from,
    cell: (value) => {
      const changed = transform(value);
      if (changed instanceof Refusal) return changed;
      const isNothing = changed === null || changed === undefined || changed === '';
      return isNothing && withDefault !== null ? ofDefault(withDefault) : coerce(changed);
    },
  };
}

function mapRow(
  { values: given }: SourceRow,
  cells: readonly CompiledCell[],
  keyIndexes: readonly number[],
  hashOf: (values: readonly CellText[]) => string,
): MappedValues | RefusedValues {
  const values: CellText[] = [];
  let refused: Omit<RefusedValues, 'externalId'> | undefined;
  for (const { name, from, cell } of cells) {
    const value = Object.hasOwn(given, from) ? given[from] : undefined;
    const text = cell(value);
    if (text instanceof Refusal) refused ??= { ok: false, field: name, reason: text.reason, value };
    values.push(text instanceof Refusal ? null : text);
  }
  const externalId = externalIdOf(keyIndexes.map((index) => values[index] ?? null));
  if (refused) return { ...refused, externalId: externalId instanceof Refusal ? null : externalId };
  if (externalId instanceof Refusal) return refusedKey(externalId, cells, keyIndexes, values, given);
  return { ok: true, externalId, values, hash: hashOf(values) };
}

/** Postgres indexes no longer text than 2,704 bytes, the rest of the row's identity included. */
const MAX_KEY_BYTES = 2_000;

function externalIdOf(key: readonly CellText[]): string | Refusal {
  if (key.some((part) => part === null || part === '')) return new Refusal('belongs to the key and is empty');
  const id = key.length === 1 ? (key[0] as string) : JSON.stringify(key);
  if (id.length * 3 <= MAX_KEY_BYTES || Buffer.byteLength(id) <= MAX_KEY_BYTES) return id;
  return new Refusal(`makes a key longer than ${MAX_KEY_BYTES} bytes`);
}

function refusedKey(
  { reason }: Refusal,
  cells: readonly CompiledCell[],
  keyIndexes: readonly number[],
  values: readonly CellText[],
  given: SourceRow['values'],
): RefusedValues {
  const culprit = keyIndexes.find((index) => !values[index]) ?? keyIndexes[0] ?? 0;
  const { name, from } = cells[culprit] as CompiledCell;
  return { ok: false, externalId: null, field: name, reason, value: given[from] };
}
