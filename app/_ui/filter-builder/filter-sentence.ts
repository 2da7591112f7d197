import { type Formats, formatsFor } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import { filterText, isDay } from '#lib/datasets/filter-values.ts';
import { choiceWords } from './choices.ts';
import { type ConditionState, editFilter, type GroupState, isGroup, type PartState } from './editor-state.ts';
import { periodWords } from './period-words.ts';

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

function conditionSentence(condition: ConditionState, columns: readonly Column[], formats: Formats): string {
  const { field, choice, values, zone } = condition;
  const column = columns.find(({ name }) => name === field) ?? { name: field ?? '', type: 'text' };
  const name = column.label ?? column.name;
  const isOfZone =
    zone !== undefined && zone !== formats.timeZone && (choice === 'during' || values.some(isDay));
  return [name, ...comparisonWords(condition, column, formats), isOfZone ? `(${zone})` : '']
    .filter(Boolean)
    .join(' ');
}

function comparisonWords(
  { choice, values, period, zone }: ConditionState,
  column: Column,
  formats: Formats,
): string[] {
  const words = choiceWords(choice, column.type);
  if (choice === 'during') return [words, period ? periodWords(period) : ''];
  const say = (value: string) => valueWords(value, column, formats, zone);
  if (choice !== 'between') return [words, values.map(say).join(', ')];
  const [from, to] = values.map((value) => value && say(value));
  if (from && to) return [words, `${from} and ${to}`];
  return from ? [choiceWords('gte', column.type), from] : [choiceWords('lte', column.type), to ?? ''];
}

function valueWords(value: string, { type }: Column, formats: Formats, zone: string | undefined): string {
  if (type === 'boolean') return value === 'true' ? 'yes' : 'no';
  if (type === 'text' || type === 'json') return `“${value}”`;
  try {
    if (type === 'date' || (type === 'timestamp' && isDay(value))) return formats.date(value);
    if (type !== 'timestamp') return formats.number(value);
    return formats.dateTime(filterText(value, type, zone) ?? value);
  } catch {
    // A value that is none of its column's type is shown as it was given.
    return value;
  }
}
