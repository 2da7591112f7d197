import { type Case, FIVE_MILLION, HUNDRED_THOUSAND, MILLION, megabytes, peak, seconds } from './case.ts';
import type { Task } from './tasks/registry.ts';

type ExportOptions = Extract<Task, { task: 'export' }>['options'];
const file = (options: ExportOptions): Task => ({ task: 'export', options });

const csv: ExportOptions = { format: { type: 'csv' } };
/** Postgres ends lines with LF alone, so these lines pass through JavaScript. */
const csvByRows: ExportOptions = { format: { type: 'csv', options: { lineEnd: 'crlf' } } };
const csvGzip: ExportOptions = { ...csv, compression: 'gzip' };
const ndjson: ExportOptions = { format: { type: 'ndjson' } };
const json: ExportOptions = { format: { type: 'json' } };
const excel: ExportOptions = { format: { type: 'xlsx' } };
const parquet: ExportOptions = { format: { type: 'parquet' } };
/** A PDF of more rows than this is read by nobody. */
const pdf: ExportOptions = { format: { type: 'pdf' }, limit: HUNDRED_THOUSAND };

const copyOut: Task = { task: 'copyOut' };
const gzip: Task = { task: 'gzip' };
const exceljs: Task = { task: 'exceljs' };
const exceljsInMemory: Task = { task: 'exceljsInMemory', options: { limit: HUNDRED_THOUSAND } };
const restPages: Task = { task: 'restPages', options: { rows: MILLION, sample: 20_000 } };
const duckdb: Task = { task: 'duckdb' };
const pdfkit: Task = { task: 'pdfkit', options: { rows: HUNDRED_THOUSAND } };

/** Seconds of a file against those of another way to the same rows. */
function speed(name: string, options: ExportOptions, ratio: number, baseline: Task = copyOut): Case {
  const rows = options.limit ?? MILLION;
  return {
    name,
    rows,
    unit: 's',
    value: seconds(file(options)),
    baseline: [seconds(baseline)],
    budget: { ratio },
  };
}

/** Peak memory of a file against that of one of a tenth of the rows. */
function memory(name: string, options: ExportOptions): Case {
  const rows = options.limit ?? MILLION;
  const smaller = peak(file({ ...options, limit: rows / 10 }));
  const value = peak(file(options));
  return { name, rows, unit: 'MB', value, baseline: [smaller], budget: { ratio: 1.2, more: 32 } };
}

/** Five times the rows, against the usual ones. */
function manyMore(format: string, options: ExportOptions): readonly Case[] {
  const more = file({ ...options, table: 'many_flights' });
  const usual = file(options);
  const of = { rows: FIVE_MILLION, budget: null };
  return [
    {
      ...of,
      name: `${format} of many more rows`,
      unit: 's',
      value: seconds(more),
      baseline: [seconds(usual)],
    },
    {
      ...of,
      name: `memory of ${format} of many more rows`,
      unit: 'MB',
      value: peak(more),
      baseline: [peak(usual)],
      budget: { ratio: 1.2, more: 32 },
    },
  ];
}

/** What files cost, against other ways to the same rows. */
export const exports: readonly Case[] = [
  speed('csv by Postgres', csv, 1.5),
  speed('csv row by row', csvByRows, 6),
  speed('ndjson', ndjson, 6),
  {
    name: 'csv gzip time',
    rows: MILLION,
    unit: 's',
    value: seconds(file(csvGzip)),
    baseline: [seconds(gzip), seconds(file(csv))],
    budget: { ratio: 1.15 },
  },
  {
    name: 'csv gzip size',
    rows: MILLION,
    unit: 'MB',
    value: megabytes(file(csvGzip)),
    baseline: [megabytes(gzip)],
    budget: { ratio: 1.02 },
  },
  memory('memory of csv by Postgres', csv),
  memory('memory of csv row by row', csvByRows),
  memory('memory of csv gzip', csvGzip),
  memory('memory of ndjson', ndjson),
  memory('memory of json', json),
  speed('excel, against exceljs', excel, 0.6, exceljs),
  {
    name: 'excel, memory',
    rows: MILLION,
    unit: 'MB',
    value: peak(file(excel)),
    baseline: [peak(exceljs)],
    budget: { atMost: 256 },
  },
  memory('excel, memory against fewer rows', excel),
  speed('parquet, against DuckDB', parquet, 1.5, duckdb),
  memory('parquet, memory against fewer rows', parquet),
  ...manyMore('csv', csv),
  ...manyMore('parquet', parquet),
  speed('pdf, against text() of pdfkit', pdf, 0.4, pdfkit),
  memory('pdf, memory against fewer rows', pdf),
  {
    name: 'csv, against pages of supabase-js and papaparse',
    rows: MILLION,
    unit: 's',
    value: seconds(file(csv)),
    baseline: [seconds(restPages)],
    budget: null,
  },
  {
    name: 'excel of fewer rows, against exceljs in memory',
    rows: HUNDRED_THOUSAND,
    unit: 's',
    value: seconds(file({ ...excel, limit: HUNDRED_THOUSAND })),
    baseline: [seconds(exceljsInMemory)],
    budget: null,
  },
  {
    name: 'excel of fewer rows, memory against exceljs in memory',
    rows: HUNDRED_THOUSAND,
    unit: 'MB',
    value: peak(file({ ...excel, limit: HUNDRED_THOUSAND })),
    baseline: [peak(exceljsInMemory)],
    budget: null,
  },
  {
    // V8 widens its young generation with the work done, whatever the files' sizes: here both do as much.
    name: 'memory of ndjson, against ten smaller files',
    rows: MILLION,
    unit: 'MB',
    value: peak(file(ndjson)),
    baseline: [peak(file({ ...ndjson, limit: HUNDRED_THOUSAND, times: 10 }))],
    budget: null,
  },
];
