import {
  type TransformEntry,
  type TransformOption,
  transformCatalogue,
} from '#lib/datasets/transform-catalogue.ts';

/** A transform while it is being written; a table as its lines. */
export interface TransformDraft {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A line of a table: a text, and what becomes of it. */
export type TableLine = readonly [from: string, to: string];

/** The words for a transform; of one that this page does not know, its name alone. */
export function entryOf(name: string): TransformEntry {
  const entry = transformCatalogue.find((one) => one.name === name);
  return entry ?? { name, label: name, help: '', options: [] };
}

/** A stored transform, ready to be changed. */
export function transformDraft(transform: string | { readonly name: string }): TransformDraft {
  if (typeof transform === 'string') return { name: transform, options: {} };
  const { name, ...options } = transform;
  return { name, options: eachTable(name, options, (table) => Object.entries(table as object)) };
}

/** The transform as it is stored. */
export function storedTransform({ name, options }: TransformDraft) {
  if (Object.keys(options).length === 0) return name;
  return { name, ...eachTable(name, options, (lines) => Object.fromEntries(wholeLines(lines))) };
}

/** A transform as it is first added. */
export function newTransform(name: string): TransformDraft {
  const kept = entryOf(name).options.filter(({ empty }) => empty === 'kept');
  return { name, options: Object.fromEntries(kept.map((option) => [option.name, ''])) };
}

/** The transform with one option changed; what is left empty is treated as its entry says. */
export function withOption(
  { name, options }: TransformDraft,
  option: string,
  value: unknown,
): TransformDraft {
  const { [option]: _before, ...others } = options;
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  const isKept = entryOf(name).options.some((one) => one.name === option && one.empty === 'kept');
  return { name, options: isEmpty && !isKept ? others : { ...others, [option]: value ?? '' } };
}

/** What a transform still lacks, in a sentence. */
export function transformProblem({ name, options }: TransformDraft): string | undefined {
  const { options: known } = entryOf(name);
  const lacking = known.find(
    (option) => option.empty === 'refused' && isMissing(option, options[option.name]),
  );
  if (lacking) return `Fill in “${lacking.label}”.`;
  const texts = known
    .filter(({ kind }) => kind === 'table')
    .flatMap((option) => wholeLines(options[option.name]));
  const twice = texts.find(([from], place) => texts.findIndex(([other]) => other === from) < place);
  return twice && `“${twice[0]}” is in the table twice.`;
}

/** The lines of a table that have something on their left. */
function wholeLines(lines: unknown): readonly TableLine[] {
  return Array.isArray(lines) ? (lines as TableLine[]).filter(([from]) => from !== '') : [];
}

function isMissing({ kind }: TransformOption, value: unknown): boolean {
  return value === undefined || (kind === 'table' && wholeLines(value).length === 0);
}

function eachTable(
  name: string,
  options: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
): Record<string, unknown> {
  const tables = new Set(
    entryOf(name)
      .options.filter(({ kind }) => kind === 'table')
      .map((one) => one.name),
  );
  const entries = Object.entries(options).map(([key, value]) => [
    key,
    tables.has(key) ? change(value) : value,
  ]);
  return Object.fromEntries(entries);
}
