import type { CellStyle, ConditionalRule, DataValidation } from 'hucre/xlsx';
import { isNumeric } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { misfit } from '#lib/exports/formats/misfit.ts';
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
    const option = `conditionalFormats.${index}`;
    const place = placeOf(columns, format.column, `${option}.column`);
    const first = `${letters(place)}${rows.first}`;
    const range = `${first}:${letters(place)}${rows.last}`;
    const literal = (member: 'value' | 'upTo') =>
      literalOf(columns[place] as OutputColumn, format[member], `${option}.${member}`);
    return { range, priority: index + 1, ...ruleOf(format, first, literal) };
  });
}

/** Throws `invalid` for a column that is not there, or a bound that is none of its kind. */
export function dataValidations(
  validations: readonly ValidationOptions[],
  columns: readonly OutputColumn[],
  rows: Rows,
): DataValidation[] {
  return validations.map(({ column, allow, values, message, ...bounds }, index) => {
    const option = `validations.${index}`;
    const letter = letters(placeOf(columns, column, `${option}.column`));
    const range = `${letter}${rows.first}:${letter}${rows.last}`;
    const shared = {
      range,
      allowBlank: true,
      showErrorMessage: true,
      ...(message && { errorMessage: message.slice(0, 225) }),
    };
    if (allow === 'list') return { ...shared, type: 'list', values: [...values] };
    const type = allow === 'date' ? 'date' : 'decimal';
    const bound = (member: 'from' | 'upTo') =>
      literalOf({ header: column, type }, bounds[member], `${option}.${member}`);
    return {
      ...shared,
      type: allow === 'wholeNumber' ? 'whole' : allow,
      operator: 'between',
      formula1: bound('from'),
      formula2: bound('upTo'),
    };
  });
}

function ruleOf(
  { rule, value, look: wanted }: ConditionalFormatOptions,
  first: string,
  literal: (member: 'value' | 'upTo') => string,
): Omit<ConditionalRule, 'range' | 'priority'> {
  const style = looks[wanted];
  const ends = [{ type: 'min' as const }, { type: 'max' as const }];
  switch (rule) {
    case 'between':
      return { type: 'cellIs', operator: rule, formula: [literal('value'), literal('upTo')], style };
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
      return { type: 'cellIs', operator: rule, formula: literal('value'), style };
  }
}

function look(text: string, background: string): CellStyle {
  return {
    font: { color: { rgb: text } },
    fill: { type: 'pattern', pattern: 'solid', bgColor: { rgb: background } },
  };
}

/** A value as a formula has it: a number, a day's number, or a text in quotes. */
function literalOf(
  { type, header }: Pick<OutputColumn, 'type' | 'header'>,
  value: string,
  option: string,
): string {
  if (type === 'text' || type === 'json') return quoted(value);
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value.toUpperCase();
  const serial =
    type === 'date' || type === 'timestamp' ? (dateSerial(value) ?? timestampSerial(value)) : undefined;
  if (serial !== undefined) return String(serial);
  if (isNumeric(type) && /^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return value;
  throw misfit(option, `"${value}" is no value that the column "${header}" could have`);
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
