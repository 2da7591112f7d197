import type { CellText } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { objectEncoder, type RowEncoder } from '#lib/core/json-object.ts';
import type { OutputColumn } from './contract.ts';
import { type JsonBody, placeOf } from './json-body.ts';
import { type Entity, type JsonOptions, jsonValues } from './json-options.ts';
import { misfit } from './misfit.ts';

/** All of a file's together: they are held until its end. */
const MAX_ENTITIES = 100_000;
/** In characters of their JSON. */
const MAX_HELD = 64_000_000;

interface Kind {
  readonly name: string;
  readonly keys: readonly number[];
  readonly columns: readonly number[];
  readonly headers: readonly string[];
  readonly encode: RowEncoder;
  /** The text of each by its key. */
  readonly found: Map<string, string>;
}

/**
 * Rows with the keys of what they share, then `"entities"` with each of those once, and `"relationships"`: by which
 * members rows point to them. Throws `invalid` where a column is not there, where there are too many to hold, or where
 * rows say different things of the same one.
 */
export function normalizedBody(columns: readonly OutputColumn[], options: JsonOptions): JsonBody {
  const encoderOf = (places: readonly number[]) => {
    const object = objectEncoder(
      places.map((place) => columns[place] as OutputColumn),
      options.numbers,
      jsonValues(options),
    );
    return (row: readonly CellText[]) => object(places.map((place) => row[place] ?? null));
  };
  const kinds = options.entities.map((entity, at) => kindOf(entity, at, columns, encoderOf));
  const moved = kinds.flatMap((kind) => kind.columns);
  refuseOverlap(kinds, moved, columns);
  const object = encoderOf(columns.map((_, place) => place).filter((place) => !moved.includes(place)));
  const hold = holder();
  let separator = '\n';
  return {
    row(row) {
      for (const kind of kinds) hold(kind, row);
      const text = separator + object(row);
      separator = ',\n';
      return text;
    },
    end: () => `\n],"entities":{${kinds.map(listOf).join(',')}},"relationships":${relationships(kinds)}`,
  };
}

function kindOf(
  { name, key, columns: members }: Entity,
  at: number,
  columns: readonly OutputColumn[],
  encoderOf: (places: readonly number[]) => RowEncoder,
): Kind {
  const option = `entities.${at}`;
  const keys = key.map((each, place) => placeOf(each, columns, `${option}.key.${place}`));
  const others = members.map((each, place) => placeOf(each, columns, `${option}.columns.${place}`));
  const places = [...keys, ...others];
  if (new Set(places).size < places.length) throw misfit(option, `"${name}" names a column twice`);
  const headers = keys.map((place) => columns[place]?.header ?? '');
  return { name, keys, columns: others, headers, encode: encoderOf(places), found: new Map() };
}

function refuseOverlap(
  kinds: readonly Kind[],
  moved: readonly number[],
  columns: readonly OutputColumn[],
): void {
  if (new Set(kinds.map(({ name }) => name)).size < kinds.length)
    throw misfit('entities', 'two have one name');
  const kept = new Set(kinds.flatMap(({ keys }) => keys));
  const twice = moved.find((place, at) => kept.has(place) || moved.indexOf(place) < at);
  if (twice === undefined) return;
  throw misfit('entities', `"${columns[twice]?.source}" cannot belong to two, or be a key as well`);
}

function holder(): (kind: Kind, row: readonly CellText[]) => void {
  let [count, held] = [0, 0];
  return (kind, row) => {
    const places = [...kind.keys, ...kind.columns];
    if (places.every((place) => (row[place] ?? null) === null)) return;
    const key = JSON.stringify(kind.keys.map((place) => row[place] ?? null));
    const text = kind.encode(row);
    const known = kind.found.get(key);
    if (known === text) return;
    if (known !== undefined) throw contradiction(kind);
    count += 1;
    held += key.length + text.length;
    if (count > MAX_ENTITIES || held > MAX_HELD) throw tooMany(kind);
    kind.found.set(key, text);
  };
}

function listOf({ name, found }: Kind): string {
  const list = [...found.values()].map((text) => `\n${text}`);
  return `${JSON.stringify(name)}:[${list.join(',')}]`;
}

function relationships(kinds: readonly Kind[]): string {
  return JSON.stringify(kinds.map(({ name, headers }) => ({ from: 'data', to: name, by: headers })));
}

function contradiction({ name, headers }: Kind): EntrepotError {
  return new EntrepotError(
    'invalid',
    `Rows with the same ${headers.join(' and ')} say different things of "${name}", so it cannot be written once for all of them. Add the columns that differ to its key, or leave them with the rows.`,
  );
}

function tooMany({ name }: Kind): EntrepotError {
  return new EntrepotError(
    'invalid',
    `The rows share more than ${MAX_ENTITIES} different things, or too long ones, such as "${name}": they are held until the end of the file. Leave those columns with the rows, or filter.`,
  );
}
