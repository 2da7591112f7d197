import type { Column } from '#lib/core/columns.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import { type TransformEntry, transformCatalogue } from '#lib/datasets/transform-catalogue.ts';

/** A transform while it is being written. */
export interface TransformDraft {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What fills a dataset's column, while it is being written. */
export interface FieldDraft {
  /** The source's column, or a path into one; empty where none was chosen. */
  readonly from: string;
  /** Where it is computed: the expression, which then counts instead of the column. */
  readonly expression?: string;
  readonly transforms: readonly TransformDraft[];
  /** Where there is no value; empty for none. */
  readonly fallback: string;
}

/** By the dataset's column; what is absent stays empty. */
export type FieldDrafts = Readonly<Record<string, FieldDraft>>;

/** What a mapping is made for: a dataset that is there, by its name, or one that is yet to be made. */
export interface Target {
  readonly name: string | null;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
}

/** A column that is filled with a source's column as it is. */
export function plainField(from: string): FieldDraft {
  return { from, transforms: [], fallback: '' };
}

/** A stored mapping, ready to be changed. */
export function draftsOf(fields: FieldMapping): FieldDrafts {
  const entries = Object.entries(fields).map(([name, field]): [string, FieldDraft] => {
    if (typeof field === 'string') return [name, plainField(field)];
    const { transform = [], default: fallback = '' } = field;
    const source = 'expression' in field ? { from: '', expression: field.expression } : { from: field.from };
    return [name, { ...source, transforms: transform.map(transformDraft), fallback: String(fallback) }];
  });
  return Object.fromEntries(entries);
}

function transformDraft(transform: string | { readonly name: string }): TransformDraft {
  if (typeof transform === 'string') return { name: transform, options: {} };
  const { name, ...options } = transform;
  return { name, options };
}

/** The mapping as it is stored, without transforms that are not complete yet. */
export function mappingOf(drafts: FieldDrafts): FieldMapping {
  const entries = Object.entries(drafts).map(([name, { from, expression, transforms, fallback }]) => {
    const transform = transforms.filter((one) => !transformProblem(one)).map(storedTransform);
    const changes = { ...(transform.length > 0 && { transform }), ...(fallback && { default: fallback }) };
    if (expression !== undefined) return [name, { expression, ...changes }];
    return [name, Object.keys(changes).length === 0 ? from : { from, ...changes }];
  });
  return Object.fromEntries(entries) as FieldMapping;
}

function storedTransform({ name, options }: TransformDraft) {
  return Object.keys(options).length === 0 ? name : { name, ...options };
}

/** The words for a transform; of one that this page does not know, its name alone. */
export function entryOf(name: string): TransformEntry {
  const entry = transformCatalogue.find((one) => one.name === name);
  return entry ?? { name, label: name, help: '', options: [] };
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
  const lacking = entryOf(name).options.find(
    (option) => option.empty === 'refused' && options[option.name] === undefined,
  );
  return lacking && `Fill in “${lacking.label}”.`;
}

/** What keeps a mapping from being saved, by column. */
export function mappingProblems(
  drafts: FieldDrafts,
  { columns, key }: Target,
  sourceColumns: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const problemOf = ({ name }: Column): string | undefined => {
    const draft = drafts[name];
    if (!draft) return key.includes(name) ? 'Choose a source column: a row is known by this one.' : undefined;
    if (draft.expression !== undefined) {
      if (draft.expression.trim() === '') return 'Write an expression, or choose a column.';
    } else if (!sourceColumns.has(draft.from)) return `The source has no column “${draft.from}” any more.`;
    return draft.transforms.map(transformProblem).find(Boolean);
  };
  const problems = columns.map((column) => [column.name, problemOf(column)]);
  return Object.fromEntries(problems.filter(([, problem]) => problem));
}

/** The source's columns that fill nothing. */
export function unusedColumns(drafts: FieldDrafts, sourceColumns: readonly Column[]): string[] {
  const used = new Set(Object.values(drafts).map(({ from }) => from));
  return sourceColumns.map(({ name }) => name).filter((name) => !used.has(name));
}
