import type { CellText } from '#lib/core/columns.ts';
import type { CompiledField } from './compile-field.ts';
import type { Surroundings } from './expression/scope.ts';
import { Refusal } from './refusal.ts';
import { rowHasher } from './row-hash.ts';

/** A row as the dataset takes it. */
export interface MappedValues {
  readonly ok: true;
  /** The key's value, or the JSON array of a compound key's. */
  readonly externalId: string;
  /** One for each of the mapping's columns. */
  readonly values: CellText[];
  /** Over the mapped columns and their values: 32 hexadecimal digits. */
  readonly hash: string;
  /** Of a row that was made of an item: the key of the row that holds its list. */
  readonly parentExternalId?: string;
}

/** A row that the dataset does not take, with the first reason. */
export interface RefusedValues {
  readonly ok: false;
  /** Null where the row has no valid key, so that nobody can say which row was refused. */
  readonly externalId: string | null;
  /** The dataset's column. */
  readonly field: string;
  readonly reason: string;
  /** As the source gave it; of an expression, the columns that it reads. */
  readonly value: unknown;
}

export type RowMapper = (from: Surroundings) => MappedValues | RefusedValues;

/** Maps by these fields, whose columns have the key among them. */
export function rowMapper(fields: readonly CompiledField[], key: readonly string[]): RowMapper {
  const columns = fields.map(({ column }) => column);
  const keyIndexes = key.map((name) => columns.findIndex((column) => column.name === name));
  const hashOf = rowHasher(columns.map(({ name }) => name));
  return (from) => {
    const { values, refused } = readAll(fields, from);
    const externalId = externalIdOf(keyIndexes.map((index) => values[index] ?? null));
    if (refused) return { ...refused, externalId: externalId instanceof Refusal ? null : externalId };
    if (externalId instanceof Refusal) {
      const culprit = keyIndexes.find((index) => !values[index]) ?? keyIndexes[0] ?? 0;
      return refusedKey(externalId, fields[culprit] as CompiledField, from);
    }
    return { ok: true, externalId, values, hash: hashOf(values) };
  };
}

interface Cells {
  /** Null where a field was refused. */
  readonly values: CellText[];
  readonly refused: Omit<RefusedValues, 'externalId'> | undefined;
}

function readAll(fields: readonly CompiledField[], from: Surroundings): Cells {
  const values: CellText[] = [];
  let refused: Cells['refused'];
  for (const { column, read, cell, show } of fields) {
    const value = read(from);
    const text = value instanceof Refusal ? value : cell(value);
    if (!(text instanceof Refusal)) {
      values.push(text);
      continue;
    }
    const shown = value instanceof Refusal ? show(from) : value;
    refused ??= { ok: false, field: column.name, reason: text.reason, value: shown };
    values.push(null);
  }
  return { values, refused };
}

function refusedKey({ reason }: Refusal, { column, read }: CompiledField, from: Surroundings): RefusedValues {
  return { ok: false, externalId: null, field: column.name, reason, value: read(from) };
}

/** Postgres indexes no longer text than 2,704 bytes, the rest of the row's identity included. */
const MAX_KEY_BYTES = 2_000;

function externalIdOf(key: readonly CellText[]): string | Refusal {
  if (key.some((part) => part === null || part === '')) return new Refusal('belongs to the key and is empty');
  const id = key.length === 1 ? (key[0] as string) : JSON.stringify(key);
  if (id.length * 3 <= MAX_KEY_BYTES || Buffer.byteLength(id) <= MAX_KEY_BYTES) return id;
  return new Refusal(`makes a key longer than ${MAX_KEY_BYTES} bytes`);
}
