import type { CellStyle, CellValue, SheetChart, WriteSheet } from 'hucre/xlsx';
import { isNumeric } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { letters, numericPlaceOf, placeOf, requireOneMeaning } from './columns.ts';
import type { ChartOptions } from './enrichment-options.ts';
import { quotedSheet } from './sheet-names.ts';
import { headingCells } from './styles.ts';
import { type Summary, type SummaryFunction, type SummaryGroup, summary } from './summary.ts';
import { printable } from './text.ts';

/** A chart whose points are gathered while the rows pass. */
export interface Chart {
  readonly options: ChartOptions;
  readonly columns: readonly OutputColumn[];
  readonly summary: Summary;
}

/** The chart that stands at `option`. Throws `invalid` where the file has no such columns, or they hold no numbers. */
export function chartOf(options: ChartOptions, columns: readonly OutputColumn[], option: string): Chart {
  const { type, title, categories, values } = options;
  const find = options.function === 'count' ? placeOf : numericPlaceOf;
  const measures = values.map((name, index) => ({
    place: find(columns, name, `${option}.values.${index}`),
    function: options.function,
  }));
  const key = (type === 'scatter' ? numericPlaceOf : placeOf)(columns, categories, `${option}.categories`);
  const chosen = [key, ...measures.map(({ place }) => place)].map((place) => columns[place] as OutputColumn);
  // The whole of a pie is all of its categories.
  const apart = type === 'pie' ? [] : chosen.slice(0, 1);
  for (const [index, column] of chosen.slice(1).entries()) {
    requireOneMeaning(column, options.function, `${option}.values.${index}`, apart);
  }
  return {
    options,
    columns: chosen,
    summary: summary([key], measures, `The chart "${title || categories}"`),
  };
}

/** In cells of the usual size. */
const CHART_COLUMNS = 9;
const CHART_ROWS = 18;
const CHARTS_ACROSS = 2;
const TICKS = { majorTickMark: 'out', minorTickMark: 'none' } as const;

/** The sheet of charts and the sheet of what they show; none without a point to show. */
export function chartSheets(
  charts: readonly Chart[],
  names: { readonly charts: string; readonly data: string },
  look: CellStyle,
): WriteSheet[] {
  const drawn = charts
    .map((chart) => ({ chart, points: pointsOf(chart) }))
    .filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return [];
  const rows: CellValue[][] = [];
  const series: SheetChart[] = [];
  let left = 0;
  for (const [index, { chart, points }] of drawn.entries()) {
    const table = [
      chart.columns.map((column, place) => heading(column, place, chart.options.function)),
      ...points,
    ];
    for (const [at, row] of table.entries()) {
      rows[at] ??= [];
      for (const [place, value] of row.entries()) (rows[at] as CellValue[])[left + place] = value;
    }
    series.push(drawing(chart, { sheet: names.data, left, last: table.length, index }));
    left += chart.columns.length + 1;
  }
  return [
    {
      name: names.charts,
      rows: [],
      charts: series,
      view: { showGridLines: false },
      pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    },
    {
      name: names.data,
      rows: rows.map((row) => Array.from(row, (value) => value ?? null)),
      cells: headingCells(rows[0] ?? [], look),
      columns: Array.from(rows[0] ?? [], () => ({ width: 18 })),
      freezePane: { rows: 1 },
    },
  ];
}

function drawing(
  { options, columns }: Chart,
  at: { readonly sheet: string; readonly left: number; readonly last: number; readonly index: number },
): SheetChart {
  const { type, title, values } = options;
  const range = (place: number) =>
    `${quotedSheet(at.sheet)}!$${letters(at.left + place)}$2:$${letters(at.left + place)}$${at.last}`;
  const from = {
    row: 1 + Math.floor(at.index / CHARTS_ACROSS) * (CHART_ROWS + 1),
    col: 1 + (at.index % CHARTS_ACROSS) * (CHART_COLUMNS + 1),
  };
  const names = columns.slice(1).map(({ header }) => header);
  const ofOne = functionWords[options.function](names.join(', '));
  return {
    type,
    title: printable(title || `${ofOne} by ${columns[0]?.header}`),
    series: values.map((_, place) => ({
      name: printable(functionWords[options.function](names[place] ?? '')),
      categories: range(0),
      values: range(place + 1),
      ...(type === 'line' && { marker: { symbol: 'none' as const } }),
      ...(type === 'scatter' && { marker: { symbol: 'circle' as const, size: 6 } }),
    })),
    ...(type === 'area' && { areaGrouping: 'stacked' as const }),
    anchor: { from, to: { row: from.row + CHART_ROWS, col: from.col + CHART_COLUMNS } },
    ...(type === 'scatter' && { scatterStyle: 'marker' as const }),
    ...(type !== 'pie' && { legend: values.length > 1 ? ('bottom' as const) : (false as const) }),
    ...(type === 'pie' && { dataLabels: { showPercent: true } }),
    ...(type !== 'pie' && {
      axes: {
        x: { title: printable(columns[0]?.header ?? ''), ...upright(type === 'bar'), ...TICKS },
        y: { title: printable(ofOne), ...upright(type !== 'bar'), gridlines: { major: true }, ...TICKS },
      },
    }),
  };
}

/** Along an axis that stands. */
function upright(stands: boolean): { axisTitleRotation?: number } {
  return stands ? { axisTitleRotation: -90 } : {};
}

const functionWords: Readonly<Record<SummaryFunction, (of: string) => string>> = {
  sum: (of) => `Sum of ${of}`,
  average: (of) => `Average of ${of}`,
  count: (of) => `Count of ${of}`,
  min: (of) => `Least ${of}`,
  max: (of) => `Most ${of}`,
};

function heading({ header }: OutputColumn, place: number, by: SummaryFunction): string {
  return printable(place === 0 ? header : functionWords[by](header));
}

/** Numbers and days in their order, texts in that of the rows. */
function pointsOf({ options, columns, summary: gathered }: Chart): CellValue[][] {
  const type = columns[0]?.type;
  const isScatter = options.type === 'scatter';
  const key = (group: SummaryGroup) => group.keys[0] ?? '';
  const groups = gathered
    .groups()
    .filter((group) => !isScatter || Number.isFinite(Number(key(group) || 'x')));
  const ordered = isNumeric(type)
    ? groups.toSorted((one, other) => Number(key(one)) - Number(key(other)))
    : type === 'date' || type === 'timestamp'
      ? groups.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
      : groups;
  return ordered.map((group) => [
    isScatter ? Number(key(group)) : categoryText(group.keys[0]),
    ...group.values,
  ]);
}

/** A category as a text; one that is empty is named. */
export function categoryText(key: string | null | undefined): string {
  return printable(key ?? '') || '(empty)';
}

const GRID = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>';
const NO_LINE = '<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr>';

/** A chart's part with what the shell's author cannot say: a light grid, and points without a line between them. */
export function polishedChart(xml: string): string {
  const light = xml.replaceAll('<c:majorGridlines/>', `<c:majorGridlines>${GRID}</c:majorGridlines>`);
  return light.includes('<c:scatterChart>')
    ? light.replaceAll('</c:v></c:tx>', `</c:v></c:tx>${NO_LINE}`)
    : light;
}
