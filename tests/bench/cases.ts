import { type Case, HUNDRED_THOUSAND, MILLION, peak, type Quantity, seconds } from './case.ts';
import { exports } from './export-cases.ts';
import type { LargeTable } from './ground.ts';
import { dashboardPages } from './tasks/pages.ts';
import type { Task } from './tasks/registry.ts';

/** The most rows that a page of a connector has. */
const PAGE_ROWS = 5_000;

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

const cancellation: readonly Case[] = [
  {
    name: 'from a cancellation until an export of any format has left nothing',
    rows: MILLION,
    unit: 's',
    value: seconds({ task: 'cancel' }),
    baseline: [2],
    budget: { atMost: 2 },
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
  {
    name: 'page, 95th percentile while 16 sources in 4 workspaces are synced',
    rows: 16 * 20_000,
    unit: 's',
    value: ofPages('crowdedSeconds'),
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

/** Every case with its budget. */
export const cases: readonly Case[] = [
  ...exports,
  ...cancellation,
  ...syncs,
  ...robustness,
  ...crowds,
  ...pages,
];

const readers: readonly Task['task'][] = [
  'cancel',
  'copyOut',
  'duckdb',
  'export',
  'exceljs',
  'exceljsInMemory',
  'restPages',
  'gzip',
  'pdfkit',
];

/** The large table that the task reads, which takes its time to be filled; undefined where it reads none. */
export function tableOf(task: Task): LargeTable | undefined {
  if (task.task === 'export' && task.options.table) return task.options.table;
  return readers.includes(task.task) ? 'flights' : undefined;
}
