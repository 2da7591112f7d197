import './declaring-connector.ts';
import { byDay, byUpdatedAt, configFor } from '#tests/support/vendor/config.ts';
import type { PagingKind } from '#tests/support/vendor/question.ts';
import type { Vendor } from '#tests/support/vendor/vendor.ts';
import type { CheckName } from './checks.ts';

type Config = Readonly<Record<string, unknown>>;

/** A connector as the suite runs over it. */
export interface Subject {
  readonly name: string;
  readonly id: string;
  /** How it is set to read the vendor's table `things`; `more` goes into the config of an API. */
  readonly config: (vendor: Pick<Vendor, 'url'>, more?: Config) => Config;
  /** How many rows one answer holds; all of them where that is undefined. */
  readonly answerRows?: number;
  /** A pass of more than one answer is not provably complete. */
  readonly counted?: boolean;
  /** How many calls a full pass over so many rows may make. */
  readonly mostCalls: (rows: number) => number;
  /** Answers of status 200 without data that it cannot tell from some, with the reason. */
  readonly tolerates?: Readonly<Record<string, string>>;
  readonly except: Partial<Record<CheckName, string>>;
}

type Except = Subject['except'];

const ownColumns: Except = {
  'every column of the rows is in the schema, and the other way round':
    'its columns are those of the file, and none are declared',
  'rows match the declared columns, and others are reported':
    'its columns are those of the file: the mapping says which are needed',
  'keys are unique and not null': 'the dataset declares the key; a row without it is set aside by the engine',
};

const oneBody: Except = {
  'a page that repeats ends the read with an error': 'all pages come out of one body',
  'rows inserted or deleted while paging lose nothing': 'all pages come out of one body, read at once',
  'an answer at the API’s cap is taken to be cut, and split': 'a file has no cap',
  'a total that was not met is told, and is no complete pass': 'a file states no total',
};

const noGrowingColumn: Except = {
  'a bookmark in the far future yields nothing and does not crash': 'its bookmark is no value that grows',
  'values in the far future do not move the bookmark there': 'its bookmark is no value that grows',
  'the bookmark never moves backwards': 'its bookmark is no value that grows',
  'rows that appear late within the lookback are found': 'a file that has changed is read whole',
  'rows that share the bookmark’s value are not lost': 'a file that has changed is read whole',
  'a row that changes while it is read is found by the next pass': 'a file that has changed is read whole',
  'a bookmark older than the API keeps asks for a full read': 'a file is compared, not asked for changes',
};

const byRows: Except = {
  'columns that are not equally long are refused': 'its rows are not laid out by columns',
};

const file = (id: string, format: string, except: Except = {}): Subject => ({
  name: id,
  id,
  config: (vendor) => ({ url: `${vendor.url}/none/things?format=${format}` }),
  mostCalls: () => 1,
  except: { ...ownColumns, ...oneBody, ...noGrowingColumn, ...byRows, ...except },
});

const ANSWER_ROWS = 10;
const DAYS = 11;

const api = (
  kind: PagingKind,
  name: string,
  settings: Config = {},
  more: Partial<Subject> = {},
): Subject => ({
  name: `json, ${name}`,
  id: 'json',
  config: (vendor, further = {}) => ({
    ...configFor(vendor, kind, 'things', { pageRows: ANSWER_ROWS }),
    ...byUpdatedAt,
    ...settings,
    ...further,
  }),
  ...(kind !== 'none' && { answerRows: ANSWER_ROWS }),
  mostCalls: (rows) => (kind === 'none' ? 1 : Math.ceil(rows / ANSWER_ROWS) + 1),
  ...more,
  except: { ...ownColumns, ...byRows, ...more.except },
});

const oneAnswer: Except = {
  'a page that repeats ends the read with an error': 'it asks for one answer only',
  'rows inserted or deleted while paging lose nothing': 'it asks for one answer only',
};

const drifts: Except = {
  'rows inserted or deleted while paging lose nothing':
    'its pages are counted: the pass says so, and two that agree settle what has vanished',
};

const columns: Subject = {
  ...api('page', 'by columns', { layout: 'columns' }),
  config: (vendor, more = {}) => ({
    ...configFor(vendor, 'page', 'things', { pageRows: ANSWER_ROWS, parameters: { format: 'columns' } }),
    ...byUpdatedAt,
    layout: 'columns',
    ...more,
  }),
  counted: true,
  except: { ...ownColumns, ...drifts },
};

/** Every connector, and the JSON connector once more for each way in which an API gives out its rows. */
export const subjects: readonly Subject[] = [
  {
    ...file('csv', 'csv'),
    tolerates: {
      'a sentence': 'it is a header without rows: the columns that the mapping needs are missing',
      'a sentence as JSON': 'it is a header without rows: the columns that the mapping needs are missing',
    },
  },
  file('excel', 'xlsx', {
    'decimals, and ids beyond 2^53, keep every digit': 'a workbook itself holds numbers as binary doubles',
  }),
  file('json', 'array'),
  api('none', 'in one answer', {}, { except: oneAnswer }),
  api('link', 'by Link header'),
  api('next', 'by address in the answer'),
  api('cursor', 'by cursor'),
  api('lastRow', 'after the last row'),
  api('page', 'by page number', {}, { counted: true, except: drifts }),
  api('offset', 'by offset', {}, { counted: true, except: drifts }),
  api(
    'offset',
    'by offset, a row back',
    { pagination: { by: 'offset', parameter: 'offset', rowId: 'id' } },
    { mostCalls: (rows) => Math.ceil(rows / (ANSWER_ROWS - 1)) + 1 },
  ),
  columns,
  {
    ...api('cursor', 'by cursor'),
    name: 'a connector that states its columns',
    id: 'things',
    except: byRows,
  },
  api('none', 'in windows', byDay, {
    mostCalls: () => DAYS,
    except: {
      'a page that repeats ends the read with an error':
        oneAnswer['a page that repeats ends the read with an error'] ?? '',
    },
  }),
];
