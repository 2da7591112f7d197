import type { Column, ColumnType } from '#lib/core/columns.ts';
import { coercion } from './coerce.ts';
import { likeness, plainName } from './likeness.ts';
import type { FieldMapping } from './mapping.ts';
import { Refusal } from './refusal.ts';
import { compileTransforms, type Transform } from './transforms.ts';

/** So many of its values must fit before a column is suggested for another name than its own. */
const NEEDED_SHARE = 0.5;

/** A source's column, or what lies within one, with the values that a sample of its rows has. */
export interface SampledColumn extends Column {
  readonly values: readonly unknown[];
  /** How a mapping names it, where that is not its name. */
  readonly from?: string;
}

/**
 * Dataset column → source column, no source column twice. Names decide: the very same one, then the same but for
 * case, accents and punctuation, then the same words; a likeness that another column has too decides nothing.
 * Most values must fit the dataset's type, as they are or by the transform that is then suggested along; only columns
 * of the same name are suggested all the same. At last, the one date of the source goes to the one date of the dataset.
 */
export function suggestFields(source: readonly SampledColumn[], dataset: readonly Column[]): FieldMapping {
  const fields: FieldMapping = {};
  const free = new Set(source);
  const open = new Set(dataset);
  const place = (column: Column, from: SampledColumn, transform: readonly Transform[]): void => {
    const path = from.from ?? from.name;
    fields[column.name] = transform.length > 0 ? { from: path, transform: [...transform] } : path;
    free.delete(from);
    open.delete(column);
  };
  for (const isSame of [sameName, samePlainName]) {
    for (const column of dataset) {
      const from = open.has(column) && [...free].find((one) => isSame(one, column));
      if (from) place(column, from, fitOf(from, column.type).transforms);
    }
  }
  for (const isLike of [likeness.sameWords, likeness.sharedWords, onlyDate]) {
    for (const [column, from] of onlyPairs([...open], [...free], isLike)) {
      const { transforms, share } = fitOf(from, column.type);
      if (share >= NEEDED_SHARE) place(column, from, transforms);
    }
  }
  return fields;
}

function sameName(from: Column, { name }: Column): boolean {
  return from.name === name;
}

function samePlainName(from: Column, { name, label }: Column): boolean {
  const plain = plainName(from.name);
  return plain === plainName(name) || (label !== undefined && plain === plainName(label));
}

type IsLike = (from: Column, column: Column, froms: readonly Column[], columns: readonly Column[]) => boolean;

/** Pairs of which neither is like any other. */
function onlyPairs(
  columns: readonly Column[],
  froms: readonly SampledColumn[],
  isLike: IsLike,
): [Column, SampledColumn][] {
  const pairs = columns.flatMap((column) =>
    froms
      .filter((from) => isLike(from, column, froms, columns))
      .map((from): [Column, SampledColumn] => [column, from]),
  );
  return pairs.filter(
    ([column, from]) => pairs.filter((other) => other[0] === column || other[1] === from).length === 1,
  );
}

function onlyDate(from: Column, column: Column): boolean {
  return isDate(from) && isDate(column);
}

function isDate({ type }: Column): boolean {
  return type === 'date' || type === 'timestamp';
}

const dayFormats = ['M/D/YYYY', 'D/M/YYYY', 'D.M.YYYY', 'M-D-YYYY', 'D-M-YYYY'];
const timeFormats = ['H:mm', 'H:mm:ss', 'h:mm A', 'h:mm:ss A'];

/** What may turn values into those of a type, each group before the next, which says less. */
const remedies: Readonly<Record<ColumnType, readonly (readonly Transform[])[]>> = {
  text: [],
  integer: [['trim'], ['number'], [{ name: 'number', decimal: ',', thousands: '.' }]],
  decimal: [['trim'], ['number'], [{ name: 'number', decimal: ',', thousands: '.' }]],
  boolean: [['trim']],
  date: [['date'], ...dayFormats.map((format): Transform[] => [{ name: 'date', format }])],
  timestamp: [
    ['timestamp'],
    ...dayFormats
      .flatMap((day) => [day, ...timeFormats.map((time) => `${day} ${time}`)])
      .map((format): Transform[] => [{ name: 'timestamp', format }]),
  ],
  json: [],
};

interface Fit {
  readonly transforms: readonly Transform[];
  /** Which part of the values the type takes then. */
  readonly share: number;
}

/** What makes most of a column's values fit the type; nothing where they do as they are. */
function fitOf({ values }: SampledColumn, type: ColumnType): Fit {
  const present = values.filter((value) => value !== null && value !== undefined && value !== '');
  if (present.length === 0) return { transforms: [], share: 1 };
  const asTheyAre = { transforms: [], share: shareTaken(present, type, []) };
  const remedied = remedies[type].map((transforms) => ({
    transforms,
    share: shareTaken(present, type, transforms),
  }));
  const best = [asTheyAre, ...remedied].reduce((one, other) => (other.share > one.share ? other : one));
  // 1/2/2026 is a day in January or in February: a person must say which.
  const isAmbiguous =
    hasFormat(best) && remedied.some((fit) => fit !== best && hasFormat(fit) && fit.share === best.share);
  return isAmbiguous ? asTheyAre : best;
}

function hasFormat({ transforms: [first] }: Fit): boolean {
  return typeof first === 'object' && 'format' in first;
}

function shareTaken(values: readonly unknown[], type: ColumnType, transforms: readonly Transform[]): number {
  const transform = compileTransforms(transforms);
  const coerce = coercion(type, { rawText: true });
  const taken = values.filter((value) => {
    const changed = transform(value);
    return !(changed instanceof Refusal) && !(coerce(changed) instanceof Refusal);
  });
  return taken.length / values.length;
}
