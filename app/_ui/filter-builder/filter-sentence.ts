import { type Formats, formatsFor } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import { choiceWords } from './choices.ts';
import { type ConditionState, editFilter, type GroupState, isGroup, type PartState } from './editor-state.ts';

const neutral = formatsFor({ locale: 'en', timeZone: 'UTC' });

/** A filter in one sentence, such as “State is “AK” and Population is more than 1,000”; a person's formats where given. */
export function filterSentence(
  filter: Filter | undefined,
  columns: readonly Column[],
  formats: Formats = neutral,
): string {
  if (!filter) return 'All rows';
  return groupSentence(editFilter(filter, columns), (condition) =>
    conditionSentence(condition, columns, formats),
  );
}

type Say = (condition: ConditionState) => string;

function groupSentence({ match, parts }: GroupState, say: Say): string {
  const said = parts.map((part) => partSentence(part, match !== 'none' && parts.length > 1, say));
  if (match === 'none') return said.length === 1 ? `not (${said[0]})` : `none of (${said.join(', ')})`;
  return said.join(match === 'all' ? ' and ' : ' or ');
}

function partSentence(part: PartState, inParentheses: boolean, say: Say): string {
  if (!isGroup(part)) return say(part);
  const sentence = groupSentence(part, say);
  return inParentheses && part.match !== 'none' && part.parts.length > 1 ? `(${sentence})` : sentence;
}

function conditionSentence(
  { field, choice, values }: ConditionState,
  columns: readonly Column[],
  formats: Formats,
): string {
  const column = columns.find(({ name }) => name === field) ?? { name: field ?? '', type: 'text' };
  const said = values.map((value) => valueWords(value, column, formats));
  return [column.label ?? column.name, choiceWords(choice, column.type), said.join(', ')].join(' ').trim();
}

function valueWords(value: string, { type }: Column, formats: Formats): string {
  if (type === 'boolean') return value === 'true' ? 'yes' : 'no';
  if (type === 'text' || type === 'json') return `“${value}”`;
  try {
    if (type === 'date') return formats.date(value);
    return type === 'timestamp' ? formats.dateTime(value) : formats.number(value);
  } catch {
    // A value that is none of its column's type is shown as it was given.
    return value;
  }
}
