import type { Column } from '#lib/core/columns.ts';
import { type Choice, choicesOf } from './choices.ts';
import type { ConditionState } from './editor-state.ts';

/** The condition with another comparison; where that is with a period one is chosen already, of the person's zone. */
export function withChoice(condition: ConditionState, choice: Choice, timeZone: string): ConditionState {
  if (choice !== 'during' || condition.period) return { ...condition, choice };
  return { ...condition, choice, period: { last: 7, unit: 'day' }, zone: timeZone };
}

/** The condition over another column: what was chosen and entered stays where that makes sense. */
export function withColumn(
  condition: ConditionState,
  from: Column | undefined,
  to: Column,
  timeZone: string,
): ConditionState {
  const offered = choicesOf[to.type];
  const [first = 'empty'] = offered;
  const isKept = condition.field !== undefined && offered.includes(condition.choice);
  const isAlike = from === undefined || from.type === to.type;
  const entered = isAlike ? {} : { values: [], period: undefined, zone: undefined };
  const moved = { ...condition, ...entered, field: to.name };
  return withChoice(moved, isKept ? condition.choice : first, timeZone);
}
