import { z } from 'zod';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { type CompiledField, compileField, type ValueKind } from './compile-field.ts';
import { compileExpression } from './expression/compile.ts';
import { expressionGuide } from './expression/guide.ts';
import type { Within } from './expression/names.ts';
import { ExpressionProblem } from './expression/syntax.ts';
import { type Kind, kindWords } from './expression/values.ts';
import { transformSchema } from './transforms.ts';

const LONGEST_PATH = 1_000;

const source = z.string().min(1).max(LONGEST_PATH).meta({
  title: 'Source column',
  description: 'Or a path into one: `address.city`, `lines[0].sku`. A column that is called so wins.',
});
const ways = {
  transform: z.array(transformSchema).optional().meta({ title: 'Transforms, in their order' }),
  default: z.union([z.string(), z.number(), z.boolean()]).optional().meta({
    title: 'Where there is no value',
    description: 'Absent, null or, after the transforms, an empty text.',
  }),
};
const readField = z.strictObject({ from: source, ...ways });
const computedField = z.strictObject({
  expression: z
    .string()
    .superRefine(refuseMalformed)
    .meta({
      title: 'Expression in CEL',
      description: expressionGuide,
      examples: ['price * quantity', 'row["Unit Price"] * 1.19', 'sum(lines.map(l, l.price * l.quantity))'],
    }),
  ...ways,
});
const field = z.union([source, readField, computedField], { error: ({ input }) => fieldProblem(input) });

/** Dataset column → source column: `"sku": "productCode"`, `{ from, transform, default }`, or `{ expression, … }`. */
export const fieldMappingSchema = z.record(z.string(), field).meta({
  id: 'FieldMapping',
  description: 'By column of the dataset: the column of the source, or how its value is made.',
});

export type FieldMapping = z.infer<typeof fieldMappingSchema>;

/** What a mapping is made for. */
export interface MappingTarget {
  readonly columns: readonly Column[];
  readonly key: readonly string[];
}

/** What keeps a mapping from being saved: the dataset's column, and the reason. */
export function mappingProblems(
  fields: FieldMapping,
  { columns, key }: MappingTarget,
  within: Within = 'row',
): [string, string][] {
  const known = new Map(columns.map((column) => [column.name, column]));
  const unmapped = key.filter((name) => !Object.hasOwn(fields, name));
  const wrong = Object.entries(fields).flatMap(([name, one]): [string, string][] => {
    const column = known.get(name);
    const problem = column ? fieldMisfit(one, column, within) : 'the dataset has no such column';
    return problem === undefined ? [] : [[name, problem]];
  });
  return [
    ...wrong,
    ...unmapped.map((name): [string, string] => [name, 'belongs to the key and must be mapped']),
  ];
}

/** Kinds that never become a cell of the type. */
const misfits: Readonly<Record<ColumnType, readonly Kind[]>> = {
  text: [],
  json: [],
  integer: ['boolean', 'list', 'object'],
  decimal: ['boolean', 'list', 'object'],
  boolean: ['list', 'object'],
  date: ['boolean', 'number', 'list', 'object'],
  timestamp: ['boolean', 'number', 'list', 'object'],
};

/** What keeps an expression from filling the column, where no transform comes after it. */
function fieldMisfit(one: FieldMapping[string], { type }: Column, within: Within): string | undefined {
  if (typeof one === 'string' || !('expression' in one)) return undefined;
  try {
    const { kind } = compileExpression(one.expression, within);
    const isMisfit = misfits[type].includes(kind) && (one.transform ?? []).length === 0;
    return isMisfit
      ? `the expression gives ${kindWords(kind)}, which a column of type ${type} does not take`
      : undefined;
  } catch (error) {
    if (error instanceof ExpressionProblem) return error.message;
    throw error;
  }
}

/** The fields of a mapping in the dataset's order. Throws `MAPPING_ERROR` where they no longer fit it. */
export function compileFields(
  fields: FieldMapping,
  target: MappingTarget,
  stream: ValueKind,
  within: Within = 'row',
): CompiledField[] {
  const problem = mappingProblems(fields, target, within)[0];
  if (problem) {
    const message = `The mapping no longer fits the dataset: "${problem[0]}": ${problem[1]}. Change the mapping.`;
    throw new EntrepotError('MAPPING_ERROR', message);
  }
  return target.columns
    .filter(({ name }) => Object.hasOwn(fields, name))
    .map((column) => compileField(column, fields[column.name] as FieldMapping[string], stream, within));
}

function refuseMalformed(text: string, context: z.RefinementCtx): void {
  try {
    compileExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    context.addIssue(error.message);
  }
}

/** Of the ways to write a field, the one that was meant says what is wrong. */
function fieldProblem(input: unknown): string {
  if (typeof input !== 'object' || input === null) {
    return 'must be a column of the source, { from, … } or { expression, … }';
  }
  const { error } = ('expression' in input ? computedField : readField).safeParse(input);
  const reasons = error?.issues.map(({ path, message }) =>
    [path.filter((step) => step !== 'expression').join('.'), message].filter(Boolean).join(': '),
  );
  return reasons?.join('; ') ?? 'is no field';
}
