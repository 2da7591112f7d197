import { z } from 'zod';
import { isTimeZone } from '#lib/core/time-zone.ts';
import { type Operator, operators } from './operators.ts';
import { type Period, periodProblem, periodSchema } from './period.ts';

export type Scalar = string | number | boolean;
export type FilterValue = Scalar | readonly (Scalar | null)[] | Period;

export interface Condition {
  readonly field: string;
  readonly op: Operator;
  readonly value?: FilterValue | undefined;
  /** Whose clocks times without an offset, days and periods are of: an IANA name, UTC where absent. */
  readonly zone?: string | undefined;
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

const value = z.union([scalar, z.array(scalar.nullable()).min(1).max(MAX_LIST), periodSchema], {
  error: 'is no value, no list of values and no period such as {"last": 7, "unit": "day"}',
});

const several = z.array(z.lazy(() => node)).min(1);
const node: z.ZodType<Filter> = z
  .strictObject({
    and: several.optional(),
    or: several.optional(),
    not: z.lazy(() => node).optional(),
    field: z.string().min(1).optional(),
    op: z.enum(operators).optional(),
    value: value.optional().meta({
      description:
        'A text, number or boolean; a list for `in`; `[from, to]` for `between`, both in it, null for an open end; a period for `during`; a regular expression for `matches`: the part of RE2 without look-around and back-references, `(?i)` in front where the case of letters does not count. Of a column of times, a day such as `2026-01-31` stands for all of its moments.',
    }),
    zone: z.string().refine(isTimeZone, 'must be a time zone, such as Europe/Berlin').optional().meta({
      description:
        'Whose clocks days, periods and times without an offset are of, in a column of times; UTC where absent.',
    }),
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
      { field: 'ordered_at', op: 'during', value: { last: 7, unit: 'day' }, zone: 'Europe/Berlin' },
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
  readonly zone?: unknown;
}

function shapeProblem({ and, or, not, field, op, value, zone }: LooseNode): string | undefined {
  const kinds = [and, or, not, field].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) return 'must have exactly one of "and", "or", "not" and "field"';
  if (field === undefined) {
    const isBare = op === undefined && value === undefined && zone === undefined;
    return isBare ? undefined : 'has "op", "value" or "zone" without a "field"';
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
  if (op === 'between')
    return isRange(value) ? undefined : '"between" takes [from, to], one of which may be null';
  if (op === 'during') {
    return isPeriod(value)
      ? periodProblem(value)
      : '"during" takes a period such as {"last": 7, "unit": "day"}';
  }
  if (op === 'matches' && typeof value !== 'string') return '"matches" takes a regular expression';
  if (op === 'in') return isList(value) ? undefined : '"in" takes a list of values';
  return typeof value === 'object' ? `"${op}" takes one value; for several use "in"` : undefined;
}

function isRange(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.some((end) => end !== null);
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && !value.includes(null);
}

/** Of a value that the schema took. */
function isPeriod(value: unknown): value is Period {
  return typeof value === 'object' && !Array.isArray(value);
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
