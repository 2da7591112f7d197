import { dashboardPages } from './tasks/pages.ts';
import type { Task } from './tasks/registry.ts';

/** One number that a task measures. */
export interface Quantity {
  readonly of: Task;
  readonly number: string;
}

/** What must hold between a value and its baseline; nothing where it is shown for information. */
export interface Budget {
  /** The value is at most so many times its baseline, */
  readonly ratio?: number;
  /** or at most so much more than it, */
  readonly more?: number;
  /** or at most this, whatever the baseline. */
  readonly atMost?: number;
}

export interface Case {
  readonly name: string;
  readonly rows: number;
  readonly unit: 's' | 'MB' | 'kB' | 'calls' | 'rows' | '%';
  readonly value: Quantity;
  /** Several are added up. */
  readonly baseline: readonly (Quantity | number)[];
  readonly budget: Budget | null;
}

const MILLION = 1_000_000;
const HUNDRED_THOUSAND = 100_000;
/** The most rows that a page of a connector has. */
const PAGE_ROWS = 5_000;

const seconds = (of: Task): Quantity => ({ of, number: 'seconds' });
const megabytes = (of: Task): Quantity => ({ of, number: 'megabytes' });
const peak = (of: Task): Quantity => ({ of, number: 'peakMemoryMb' });

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

const exports: readonly Case[] = [
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

const twice: Task = { task: 'sync', options: { rows: HUNDRED_THOUSAND } };
const copyIn: Task = { task: 'copyIn', options: { rows: HUNDRED_THOUSAND } };
const upserts: Task = { task: 'upserts', options: { rows: HUNDRED_THOUSAND, sample: 2_000 } };
const ofSync = (number: string): Quantity => ({ of: twice, number });

const syncs: readonly Case[] = [
  {
    name: 'sync first',
    rows: HUNDRED_THOUSAND,
    unit: 's',
    value: ofSync('seconds'),
    baseline: [seconds(copyIn)],
    budget: { ratio: 3 },
  },
  {
    name: 'sync unchanged, database time',
    rows: HUNDRED_THOUSAND,
    unit: 's',
    value: ofSync('unchangedDatabaseSeconds'),
    baseline: [ofSync('databaseSeconds')],
    budget: { ratio: 0.5 },
  },
  {
    name: 'sync unchanged, WAL',
    rows: HUNDRED_THOUSAND,
    unit: 'MB',
    value: ofSync('unchangedWalMb'),
    baseline: [ofSync('walMb')],
    budget: { atMost: 1 },
  },
  {
    name: 'sync calls',
    rows: HUNDRED_THOUSAND,
    unit: 'calls',
    value: ofSync('calls'),
    baseline: [Math.ceil(HUNDRED_THOUSAND / PAGE_ROWS) + 1],
    budget: { ratio: 1 },
  },
  {
    name: 'sync against upserts of 100',
    rows: HUNDRED_THOUSAND,
    unit: 's',
    value: ofSync('seconds'),
    baseline: [seconds(upserts)],
    budget: null,
  },
];

const API_ROWS = 20_000;
const API_PAGE_ROWS = 500;
const ofApi = { rows: API_ROWS, pageRows: API_PAGE_ROWS };
const asked: Task = { task: 'apiCalls', options: ofApi };
const faulty: Task = { task: 'wastedCalls', options: ofApi };
const killed: Task = { task: 'kill', options: ofApi };
const WAYS_OF_PAGING = 6;

const robustness: readonly Case[] = [
  {
    name: 'API calls of full passes, over the least possible',
    rows: API_ROWS,
    unit: 'calls',
    value: { of: asked, number: 'full' },
    baseline: [{ of: asked, number: 'fullAtLeast' }],
    budget: { more: WAYS_OF_PAGING },
  },
  {
    name: 'API calls where one row in a hundred has changed, over the least possible',
    rows: API_ROWS,
    unit: 'calls',
    value: { of: asked, number: 'changes' },
    baseline: [{ of: asked, number: 'changesAtLeast' }],
    budget: { more: WAYS_OF_PAGING },
  },
  {
    name: 'share of calls wasted by a faulty vendor and three crashes, over the least possible',
    rows: API_ROWS,
    unit: '%',
    value: { of: faulty, number: 'wastedPercent' },
    baseline: [{ of: faulty, number: 'leastPercent' }],
    budget: { more: 2 },
  },
  {
    name: 'from a SIGKILL to the next committed page',
    rows: API_ROWS,
    unit: 's',
    value: seconds(killed),
    baseline: [60],
    budget: { atMost: 60 },
  },
  {
    name: 'work lost to a SIGKILL, over a page',
    rows: API_ROWS,
    unit: 'rows',
    value: { of: killed, number: 'lostRows' },
    baseline: [API_PAGE_ROWS],
    budget: { ratio: 1 },
  },
];

const crowded = (rows: number): Task => ({ task: 'crowd', options: { rows } });

const crowds: readonly Case[] = [
  {
    name: 'answer, 95th percentile while 16 sources in 4 workspaces are synced',
    rows: 16 * 20_000,
    unit: 's',
    value: { of: crowded(20_000), number: 'answerSeconds' },
    baseline: [1],
    budget: { atMost: 1 },
  },
  {
    name: 'memory of 16 sources in 4 workspaces',
    rows: 16 * 20_000,
    unit: 'MB',
    value: peak(crowded(20_000)),
    baseline: [peak(crowded(10_000))],
    budget: { ratio: 1.2, more: 32 },
  },
];

const visited: Task = { task: 'pages', options: { rows: HUNDRED_THOUSAND } };
const ofPages = (number: string): Quantity => ({ of: visited, number });

const pages: readonly Case[] = [
  {
    name: 'page, 95th percentile while two syncs and two exports run',
    rows: HUNDRED_THOUSAND,
    unit: 's',
    value: ofPages('seconds'),
    baseline: [1],
    budget: { atMost: 1 },
  },
  ...dashboardPages.map(
    (page): Case => ({
      name: `JavaScript of ${page}`,
      rows: 0,
      unit: 'kB',
      value: ofPages(page),
      baseline: [ofPages('emptyKb')],
      budget: { more: 150 },
    }),
  ),
];

/** Every case with its budget; sizes that nothing here is measured beyond. */
export const cases: readonly Case[] = [...exports, ...syncs, ...robustness, ...crowds, ...pages];
export const largeTableRows = MILLION;

const readers: readonly Task['task'][] = [
  'copyOut',
  'duckdb',
  'export',
  'exceljs',
  'exceljsInMemory',
  'restPages',
  'gzip',
  'pdfkit',
];

/** Whether the task reads the large table, which takes its time to be filled. */
export function readsLargeTable({ task }: Task): boolean {
  return readers.includes(task);
}
