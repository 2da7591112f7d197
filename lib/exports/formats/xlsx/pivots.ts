import type { CellStyle, WriteSheet } from 'hucre/xlsx';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { misfit } from '#lib/exports/formats/misfit.ts';
import { categoryText } from './charts.ts';
import { numericPlaceOf, placeOf, requireOneMeaning } from './columns.ts';
import type { PivotOptions } from './enrichment-options.ts';
import { headingCells } from './styles.ts';
import { type Summary, summary } from './summary.ts';
import { cutToUnits, printable } from './text.ts';

/** A pivot table whose source is gathered while the rows pass: one row for each of its cells. */
export interface Pivot {
  readonly options: PivotOptions;
  /** The names of its fields: those of the rows, those of the columns, the values. */
  readonly fields: readonly string[];
  /** What its values are called. */
  readonly shown: readonly string[];
  readonly summary: Summary;
  /**
   * Where fields tell the currencies of its amounts apart: how many of the fields of its rows have a subtotal that would
   * put them together, as the grand total would. Undefined where there are none to be told apart.
   */
  readonly mixed: number | undefined;
}

/**
 * The pivot table that stands at `option`. Throws `invalid` where the file has no such columns, one is named twice, or
 * values hold no numbers.
 */
export function pivotOf(options: PivotOptions, columns: readonly OutputColumn[], option: string): Pivot {
  const keys = keysOf(options, columns, option);
  const apart = keys.map((place) => columns[place] as OutputColumn);
  const measures = options.values.map((value, index) => {
    const path = `${option}.values.${index}.column`;
    const find = value.function === 'count' ? placeOf : numericPlaceOf;
    const place = find(columns, value.column, path);
    requireOneMeaning(columns[place] as OutputColumn, value.function, path, apart);
    return { place, function: value.function };
  });
  const name = (place: number) => printable(columns[place]?.header ?? '');
  const names = unique([
    ...keys.map(name),
    ...measures.map((measure) => `${name(measure.place)} (${measure.function})`),
    ...options.values.map((value) => `${functionWords[value.function]} ${printable(value.column)}`),
  ]);
  const fieldCount = keys.length + measures.length;
  const mixed = mixedFields(
    apart,
    measures.flatMap((measure) =>
      measure.function === 'count' ? [] : (columns[measure.place]?.currency ?? []),
    ),
    options.rows.length,
  );
  return {
    options,
    fields: names.slice(0, fieldCount),
    shown: names.slice(fieldCount),
    summary: summary(keys, measures, 'A pivot table'),
    mixed,
  };
}

/** Fields of rows before the last that is a currency; undefined where no key is one. */
function mixedFields(
  keys: readonly Pick<OutputColumn, 'source'>[],
  currencies: readonly string[],
  rowCount: number,
): number | undefined {
  const isCurrency = ({ source }: Pick<OutputColumn, 'source'>) => currencies.includes(source);
  if (!keys.some(isCurrency)) return undefined;
  return Math.max(0, keys.slice(0, rowCount).findLastIndex(isCurrency));
}

const rowField =
  /(<pivotField axis="axisRow")([^>]*><items count=")(\d+)(">(?:<item x="\d+"\/>)*)<item t="default"\/>/g;

/** A pivot table's part without the totals that would put several currencies together. */
export function polishedPivot(xml: string, { mixed }: Pivot): string {
  if (mixed === undefined) return xml;
  let place = 0;
  return xml
    .replace('<pivotTableDefinition', '$& rowGrandTotals="0" colGrandTotals="0"')
    .replaceAll(rowField, (found, start, middle, count, items) => {
      place += 1;
      return place > mixed ? found : `${start} defaultSubtotal="0"${middle}${count - 1}${items}`;
    });
}

/** The sheet of a pivot table and that of its source; none without a row. */
export function pivotSheets(
  { options, fields, shown, summary: gathered }: Pivot,
  names: { readonly pivot: string; readonly data: string },
  look: CellStyle,
): WriteSheet[] {
  const groups = gathered.groups();
  if (groups.length === 0) return [];
  const rows = [
    [...fields],
    ...groups.map(({ keys, values }) => [...keys.map(categoryText), ...values.map((value) => value ?? null)]),
  ];
  const keyCount = fields.length - options.values.length;
  const rowCount = keyCount - options.columns.length;
  const pivot = {
    name: names.pivot,
    sourceSheet: names.data,
    targetCell: 'A3',
    rows: fields.slice(0, rowCount),
    columns: fields.slice(rowCount, keyCount),
    values: options.values.map((value, index) => ({
      field: fields[keyCount + index] ?? '',
      displayName: shown[index] ?? '',
      // Counts of parts are added up to the count of all.
      function: value.function === 'count' ? ('sum' as const) : value.function,
    })),
  };
  return [
    { name: names.pivot, rows: [], pivotTables: [pivot], columns: fields.map(() => ({ width: 18 })) },
    {
      name: names.data,
      rows,
      cells: headingCells(fields, look),
      columns: fields.map(() => ({ width: 18 })),
      freezePane: { rows: 1 },
    },
  ];
}

/** The places of what stands down the side, then of what stands across the top. */
function keysOf(options: PivotOptions, columns: readonly OutputColumn[], option: string): number[] {
  const keys: number[] = [];
  for (const side of ['rows', 'columns'] as const) {
    for (const [index, name] of options[side].entries()) {
      const path = `${option}.${side}.${index}`;
      const place = placeOf(columns, name, path);
      if (keys.includes(place)) {
        throw misfit(
          path,
          `"${name}" is named twice; a pivot table takes a column down the side or across the top`,
        );
      }
      keys.push(place);
    }
  }
  return keys;
}

const MAX_NAME = 255;
const functionWords = { sum: 'Sum of', count: 'Count of', min: 'Least', max: 'Most' };

/** Excel knows fields by their names, whatever the case, of 255 characters at most. */
function unique(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let given = printable(name || 'Field');
    for (let count = 2; taken.has(given.toLowerCase()); count += 1) {
      const end = ` ${count}`;
      given = cutToUnits(name, MAX_NAME - end.length) + end;
    }
    taken.add(given.toLowerCase());
    return given;
  });
}
