import { z } from 'zod';
import { type Operator, operators } from './operators.ts';

type Scalar = string | number | boolean;
export type FilterValue = Scalar | readonly Scalar[];

export interface Condition {
  readonly field: string;
  readonly op: Operator;
  readonly value?: FilterValue | undefined;
}

/** A tree of conditions; SQL's three values throughout, so `not` keeps no row whose field is null. */
export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | Condition;

/** Deeper or larger trees are refused: they are a mistake, or an attack on the stack. */
const MAX_DEPTH = 12;
const MAX_CONDITIONS = 200;
const MAX_LIST = 1_000;
const MAX_TEXT_LENGTH = 10_000;

const scalar = z.union([
  z
    .string()
    .max(MAX_TEXT_LENGTH)
    .refine((text) => !text.includes('\0'), 'holds a NUL character, which no stored text can hold'),
  z.number(),
  z.boolean(),
]);

const several = z.array(z.lazy(() => node)).min(1);
const node: z.ZodType<Filter> = z
  .strictObject({
    and: several.optional(),
    or: several.optional(),
    not: z.lazy(() => node).optional(),
    field: z.string().min(1).optional(),
    op: z.enum(operators).optional(),
    value: z.union([scalar, z.array(scalar).min(1).max(MAX_LIST)]).optional(),
  })
  .superRefine((found, context) => {
    const problem = shapeProblem(found);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({
    id: 'Filter',
    description:
      'One of `and`, `or`, `not` and `field`. SQL’s three values: `not` keeps no row whose field is null.',
    examples: [
      { and: [{ field: 'state', op: 'eq', value: 'AK' }, { not: { field: 'city', op: 'isNull' } }] },
    ],
  }) as unknown as z.ZodType<Filter>;

/** A filter as a request holds it, refused where it is malformed, too deep or too large. */
export const filterSchema = z
  .unknown()
  .superRefine((value, context) => {
    if (!isWithinLimits(value)) {
      const message = `has more than ${MAX_CONDITIONS} conditions or ${MAX_DEPTH} levels: make it smaller`;
      context.addIssue({ code: 'custom', message, continue: false });
    }
  })
  .pipe(node);

/** A filter as a query holds it: as JSON. */
export const filterQuery = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  })
  .pipe(filterSchema);

interface LooseNode {
  readonly and?: unknown;
  readonly or?: unknown;
  readonly not?: unknown;
  readonly field?: unknown;
  readonly op?: Operator | undefined;
  readonly value?: unknown;
}

function shapeProblem({ and, or, not, field, op, value }: LooseNode): string | undefined {
  const kinds = [and, or, not, field].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) return 'must have exactly one of "and", "or", "not" and "field"';
  if (field === undefined) {
    return op === undefined && value === undefined ? undefined : 'has "op" or "value" without a "field"';
  }
  return op === undefined ? 'needs an "op"' : valueProblem(op, value);
}

function valueProblem(op: Operator, value: unknown): string | undefined {
  if (op === 'isNull') {
    return value === undefined || typeof value === 'boolean'
      ? undefined
      : 'isNull takes true, false or no value';
  }
  if (value === undefined) return `"${op}" needs a "value"; to find rows without one use "isNull"`;
  if (op === 'in') return Array.isArray(value) ? undefined : '"in" takes a list of values';
  return Array.isArray(value) ? `"${op}" takes one value; for several use "in"` : undefined;
}

/** Walks without recursion: the tree may be as deep as the request is long. */
function isWithinLimits(root: unknown): boolean {
  const pending = [{ value: root, depth: 1 }];
  let conditions = 0;
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.depth > MAX_DEPTH) return false;
    const children = childrenOf(next.value);
    if (children.length === 0 && ++conditions > MAX_CONDITIONS) return false;
    for (const value of children) pending.push({ value, depth: next.depth + 1 });
  }
  return true;
}

function childrenOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const { and, or, not } = value as Record<string, unknown>;
  return [and, or, not].flat().filter((child) => child !== undefined);
}

/** Every condition of a filter, in the order in which they are written. */
export function conditionsOf(filter: Filter): Condition[] {
  if ('and' in filter) return filter.and.flatMap(conditionsOf);
  if ('or' in filter) return filter.or.flatMap(conditionsOf);
  return 'not' in filter ? conditionsOf(filter.not) : [filter];
}
