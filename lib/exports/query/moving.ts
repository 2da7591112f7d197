import { readsClock } from '#lib/datasets/expression/clock.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import { refuse } from '#lib/datasets/lookup.ts';
import type { Query } from '#lib/exports/query/schema.ts';

/**
 * Refuses a condition that moves with the present where every row is looked at once, after it was written: one that
 * meets it later would never be exported.
 */
export function requireLasting({ filter, expression }: Pick<Query, 'filter' | 'expression'>): void {
  const moving = filter && pathOfPeriod(filter, 'filter');
  if (moving !== undefined) refuse(`${moving}.op`, problem('a period'));
  if (expression !== undefined && readsClock(expression)) refuse('expression', problem('"now()"'));
}

function problem(what: string): string {
  return `${what} moves on, and an incremental export does not come back to rows that it has passed by: choose the mode "diff", or a fixed time`;
}

function pathOfPeriod(filter: Filter, path: string): string | undefined {
  if ('not' in filter) return pathOfPeriod(filter.not, `${path}.not`);
  if ('field' in filter) return filter.op === 'during' ? path : undefined;
  const [parts, name] = 'and' in filter ? [filter.and, 'and'] : [filter.or, 'or'];
  for (const [place, part] of parts.entries()) {
    const found = pathOfPeriod(part, `${path}.${name}.${place}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
