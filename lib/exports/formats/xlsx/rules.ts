import type { CellStyle, ConditionalRule, DataValidation } from 'hucre/xlsx';
import { EntrepotError } from '#lib/core/errors.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { letters, placeOf } from './columns.ts';
import type { ConditionalFormatOptions, ValidationOptions } from './enrichment-options.ts';
import { dateSerial, timestampSerial } from './serial.ts';

/** The first and the last row that a rule is for. */
interface Rows {
  readonly first: number;
  readonly last: number;
}

const looks: Readonly<Record<ConditionalFormatOptions['look'], CellStyle>> = {
  good: look('006100', 'C6EFCE'),
  neutral: look('9C5700', 'FFEB9C'),
  bad: look('9C0006', 'FFC7CE'),
};

/** Throws `invalid` for a column that is not there, or a value that is none of its type. */
export function conditionalRules(
  formats: readonly ConditionalFormatOptions[],
  columns: readonly OutputColumn[],
  rows: Rows,
): ConditionalRule[] {
  return formats.map((format, index) => {
    const place = placeOf(columns, format.column);
    const first = `${letters(place)}${rows.first}`;
    const range = `${first}:${letters(place)}${rows.last}`;
    const literal = (value: string) => literalOf(columns[place] as OutputColumn, value);
    return { range, priority: index + 1, ...ruleOf(format, first, literal) };
  });
}

/** Throws `invalid` for a column that is not there, or a bound that is none of its kind. */
export function dataValidations(
  validations: readonly ValidationOptions[],
  columns: readonly OutputColumn[],
  rows: Rows,
): DataValidation[] {
  return validations.map(({ column, allow, values, from, upTo, message }) => {
    const letter = letters(placeOf(columns, column));
    const range = `${letter}${rows.first}:${letter}${rows.last}`;
    const shared = {
      range,
      allowBlank: true,
      showErrorMessage: true,
      ...(message && { errorMessage: message.slice(0, 225) }),
    };
    if (allow === 'list') return { ...shared, type: 'list', values: [...values] };
    const bound = (value: string) =>
      literalOf({ header: column, type: allow === 'date' ? 'date' : 'decimal' }, value);
    return {
      ...shared,
      type: allow === 'wholeNumber' ? 'whole' : allow,
      operator: 'between',
      formula1: bound(from),
      formula2: bound(upTo),
    };
  });
}

function ruleOf(
  { rule, value, upTo, look: wanted }: ConditionalFormatOptions,
  first: string,
  literal: (value: string) => string,
): Omit<ConditionalRule, 'range' | 'priority'> {
  const style = looks[wanted];
  const ends = [{ type: 'min' as const }, { type: 'max' as const }];
  switch (rule) {
    case 'between':
      return { type: 'cellIs', operator: rule, formula: [literal(value), literal(upTo)], style };
    case 'contains':
      return {
        type: 'containsText',
        text: value,
        formula: `NOT(ISERROR(SEARCH(${quoted(value)},${first})))`,
        style,
      };
    case 'duplicates':
      return { type: 'duplicateValues', style };
    case 'empty':
      return { type: 'containsBlanks', formula: `LEN(TRIM(${first}))=0`, style };
    case 'colorScale':
      return { type: 'colorScale', colorScale: { cfvo: ends, colors: ['FFFFFFFF', 'FF5A9BD5'] } };
    case 'dataBar':
      return { type: 'dataBar', dataBar: { cfvo: ends, color: 'FF5A9BD5' } };
    case 'icons': {
      const thirds = ['0', '33', '67'].map((part) => ({ type: 'percent' as const, value: part }));
      return { type: 'iconSet', iconSet: { iconSet: '3Arrows', cfvo: thirds } };
    }
    default:
      return { type: 'cellIs', operator: rule, formula: literal(value), style };
  }
}

function look(text: string, background: string): CellStyle {
  return {
    font: { color: { rgb: text } },
    fill: { type: 'pattern', pattern: 'solid', bgColor: { rgb: background } },
  };
}

/** A value as a formula has it: a number, a day's number, or a text in quotes. */
function literalOf({ type, header }: Pick<OutputColumn, 'type' | 'header'>, value: string): string {
  if (type === 'text' || type === 'json') return quoted(value);
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value.toUpperCase();
  const serial =
    type === 'date' || type === 'timestamp' ? (dateSerial(value) ?? timestampSerial(value)) : undefined;
  if (serial !== undefined) return String(serial);
  if ((type === 'integer' || type === 'decimal') && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return value;
  throw new EntrepotError(
    'invalid',
    `The Excel options compare the column "${header}" with "${value}", which is none of its values.`,
  );
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
