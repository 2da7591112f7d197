import type { Column } from '#lib/core/columns.ts';
import type { Choice } from './choices.ts';
import { type ConditionState, type GroupState, isGroup, type PartState } from './editor-state.ts';

const byLetters: readonly Choice[] = ['eq', 'in', 'contains', 'startsWith', 'endsWith'];

/** What surprises people about the filter that they are making. */
export function notesOn(root: GroupState, columns: readonly Column[]): string[] {
  const conditions = conditionsOf(root);
  const texts = new Set(columns.filter(({ type }) => type === 'text').map(({ name }) => name));
  const comparesLetters = conditions.some(
    ({ field, choice }) => texts.has(field ?? '') && byLetters.includes(choice),
  );
  const excludes = conditions.some(({ choice }) => choice === 'ne') || groupsOf(root).some(isNone);
  return [
    ...(comparesLetters ? ['Texts are compared letter by letter: capitals count.'] : []),
    ...(excludes ? ['“Is not” and “none of” also leave out rows that hold nothing in that column.'] : []),
  ];
}

function isNone({ match }: GroupState): boolean {
  return match === 'none';
}

function conditionsOf(part: PartState): ConditionState[] {
  return isGroup(part) ? part.parts.flatMap(conditionsOf) : [part];
}

function groupsOf(part: PartState): GroupState[] {
  return isGroup(part) ? [part, ...part.parts.flatMap(groupsOf)] : [];
}
