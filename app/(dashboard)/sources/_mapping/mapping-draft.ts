import type { Column } from '#lib/core/columns.ts';
import type { FieldMapping } from '#lib/datasets/mapping.ts';
import { storedTransform, type TransformDraft, transformDraft, transformProblem } from './transform-draft.ts';

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

/** The field computed by an expression instead; what else was said of it stays. */
export function computedField(draft: FieldDraft | undefined, expression: string): FieldDraft {
  return { ...(draft ?? plainField('')), expression };
}

/** The field filled with a column instead. */
export function readField(draft: FieldDraft | undefined, from: string): FieldDraft {
  const { expression: _, ...rest } = draft ?? plainField('');
  return { ...rest, from };
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

/** The mapping as it is stored, without transforms and expressions that are not complete yet. */
export function mappingOf(drafts: FieldDrafts): FieldMapping {
  const entries = Object.entries(drafts)
    .filter(([, draft]) => isFilled(draft))
    .map(([name, { from, expression, transforms, fallback }]) => {
      const transform = transforms.filter((one) => !transformProblem(one)).map(storedTransform);
      const changes = { ...(transform.length > 0 && { transform }), ...(fallback && { default: fallback }) };
      if (expression !== undefined) return [name, { expression, ...changes }];
      return [name, Object.keys(changes).length === 0 ? from : { from, ...changes }];
    });
  return Object.fromEntries(entries) as FieldMapping;
}

/** Whether a field says what fills it. */
function isFilled({ from, expression }: FieldDraft): boolean {
  return expression === undefined ? from !== '' : expression.trim() !== '';
}

/** Whether every column of the key has something that fills it. */
export function isKeyFilled(drafts: FieldDrafts, { key }: Pick<Target, 'key'>): boolean {
  return key.every((name) => drafts[name] !== undefined && isFilled(drafts[name]));
}

/** What keeps a mapping from being saved, by column. */
export function mappingProblems(
  drafts: FieldDrafts,
  { columns, key }: Pick<Target, 'columns' | 'key'>,
  sourceColumns: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const problemOf = ({ name }: Column): string | undefined => {
    const draft = drafts[name];
    if (!draft) return key.includes(name) ? 'Choose a source column: a row is known by this one.' : undefined;
    if (!isFilled(draft)) return 'Write an expression, or choose a column.';
    if (draft.expression === undefined && !isThere(draft.from, sourceColumns)) {
      return `The source has no column “${draft.from}” any more.`;
    }
    return draft.transforms.map(transformProblem).find(Boolean);
  };
  const problems = columns.map((column) => [column.name, problemOf(column)]);
  return Object.fromEntries(problems.filter(([, problem]) => problem));
}

/** Whether there is such a column, or one in which such a path begins. */
function isThere(from: string, sourceColumns: ReadonlySet<string>): boolean {
  return sourceColumns.has(from) || sourceColumns.has(rootColumn(from));
}

/** The column in which a path begins. */
export function rootColumn(from: string): string {
  return /^[^.[\]]+(?=[.[])/.exec(from)?.[0] ?? from;
}

/** The source's columns that fill nothing; what an expression reads is looked for by its name. */
export function unusedColumns(drafts: FieldDrafts, sourceColumns: readonly Column[]): string[] {
  const filled = Object.values(drafts);
  const used = new Set(filled.flatMap(({ from }) => [from, rootColumn(from)]));
  const expressions = filled.flatMap(({ expression }) => expression ?? []).join('\n');
  return sourceColumns
    .map(({ name }) => name)
    .filter((name) => !used.has(name) && !isNamed(name, expressions));
}

function isNamed(name: string, expressions: string): boolean {
  const isWord = /^\w+$/.test(name);
  return isWord ? new RegExp(`\\b${name}\\b`).test(expressions) : expressions.includes(JSON.stringify(name));
}
