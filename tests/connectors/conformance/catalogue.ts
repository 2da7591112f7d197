/** Where a check is made: a file below tests/, and words of the test's name in it. */
type Shown = readonly [file: string, test: string];

/** What every connector, the engine and the jobs must show; where each is shown, or why it cannot be. */
type Check = { readonly what: string } & (
  | { readonly shown: readonly [Shown, ...Shown[]] }
  | { readonly except: string }
);

const connectors = 'connectors/conformance/checks.ts';
const of = (...names: [string, ...string[]]) => {
  const [first, ...rest] = names.map((name): Shown => [connectors, name]) as [Shown, ...Shown[]];
  return [first, ...rest] as const;
};
const sync = (file: string, test: string): Shown => [`lib/sync/${file}.test.ts`, test];
const jobs = (file: string, test: string): Shown => [`lib/jobs/${file}.test.ts`, test];

const everyPage = sync(
  'every-page',
  'a sync whose worker is killed at any page ends as one that nothing disturbed',
);
const underFire = sync('under-fire', 'half of the messages come twice and three in ten workers die');
const noRefresh = 'no connector has a token that is refreshed';

/** By letter and number: B check, C read, D state, E deletes and races, F HTTP, G writing to Postgres, J jobs. */
export const catalogue: Readonly<Record<string, Check>> = {
  B1: { what: 'a good config is one success', shown: of('a good config is one success') },
  B2: {
    what: 'bad credentials are a sentence that a person can act on',
    shown: of('bad credentials are an error that a person can act on'),
  },
  B3: { what: 'a check spends a stated number of calls', shown: of('a check is one call') },
  B4: {
    what: 'the columns of the rows are those of the schema',
    shown: of('every column of the rows is in the schema, and the other way round'),
  },

  C1: {
    what: 'rows match their declared columns',
    shown: of('rows match the declared columns, and others are reported'),
  },
  C2: {
    what: 'undeclared columns are reported, not dropped in silence',
    shown: [
      ['lib/datasets/drift.test.ts', 'that are new are offered, where somebody noted what there was'],
      [connectors, 'and others are reported'],
    ],
  },
  C3: { what: 'keys are unique and not null', shown: of('keys are unique and not null') },
  C4: { what: 'two full reads agree', shown: of('two full reads agree') },
  C5: {
    what: 'pages of zero, one, a page less one, a page, a page and one',
    shown: of('pages hold zero, one, a page less one, a page, and a page and one'),
  },
  C6: {
    what: 'a repeated cursor ends the read',
    shown: of('a page that repeats ends the read with an error'),
  },
  C7: {
    what: 'rows inserted or deleted while paging lose nothing',
    shown: of('rows inserted or deleted while paging lose nothing'),
  },
  C8: {
    what: 'an answer at the cap is taken as cut and split',
    shown: of(
      'an answer at the API’s cap is taken to be cut, and split',
      'a total that was not met is told, and is no complete pass',
    ),
  },
  C9: {
    what: 'HTTP 200 that holds no data is an error',
    shown: of('HTTP 200 that holds an error, a web page or a sentence is an error'),
  },
  C10: { what: 'uneven columns are refused', shown: of('columns that are not equally long are refused') },
  C11: {
    what: 'decimals and long ids survive exactly',
    shown: of('decimals, and ids beyond 2^53, keep every digit'),
  },

  D1: {
    what: 'a second run reads nothing new',
    shown: of('a second run after a completed one reads nothing new'),
  },
  D2: {
    what: 'resuming from every cursor yields exactly what is left',
    shown: of('resumed from every cursor it reads exactly what is left'),
  },
  D3: {
    what: 'a cursor in the far future yields nothing',
    shown: of(
      'a bookmark in the far future yields nothing and does not crash',
      'values in the far future do not move the bookmark there',
    ),
  },
  D4: {
    what: 'late rows within the lookback are found',
    shown: of('rows that appear late within the lookback are found'),
  },
  D5: {
    what: 'rows that share the cursor’s value are not lost',
    shown: of('rows that share the bookmark’s value are not lost'),
  },
  D6: {
    what: 'a cursor older than is kept switches to a full read',
    shown: of('a bookmark older than the API keeps asks for a full read'),
  },
  D7: { what: 'state stays small', shown: of('cursors and bookmarks stay small') },
  D8: { what: 'killed after page k, for every k, the table is as ever', shown: [everyPage] },
  D9: {
    what: 'time is up: a clean stop with more to come',
    shown: [sync('slices', 'with little time, and behind a pooler, a run goes on slice by slice')],
  },
  D10: {
    what: 'a failed or limited run is never recorded as complete',
    shown: [
      [connectors, 'a pass that failed is never complete and leaves no bookmark'],
      sync('run', 'whose source allows no more calls waits as long as it is told to'),
    ],
  },
  D11: {
    what: 'the same run started twice: one works, one yields',
    shown: [sync('run', 'is queued with its job, and its source says how it stands'), underFire],
  },

  E1: {
    what: 'a full pass marks exactly the missing rows',
    shown: [sync('deletes', 'removes exactly the rows that are missing')],
  },
  E2: { what: 'an aborted pass marks none', shown: [sync('deletes', 'that breaks off removes nothing')] },
  E3: {
    what: 'the guard holds where too much would vanish',
    shown: [sync('deletes', 'holds a delete of many rows, with the list, until a person confirms it')],
  },
  E4: {
    what: 'a row that comes back is undeleted',
    shown: [sync('deletes', 'brings a row back that comes back')],
  },
  E5: {
    what: 'an older version never overwrites a newer one',
    shown: [sync('merge', 'lets an equal version with another hash win, and never an older one')],
  },
  E6: {
    what: 'a webhook twice, out of order or before the backfill ends in one truth',
    shown: [
      sync('webhooks', 'in a burst of twenty leads to two runs at most, and the last of it is not lost'),
      sync('model', 'whatever happens at the vendor and to the worker'),
    ],
  },
  E7: {
    what: 'a webhook’s signature: good, bad, stale, of another tenant',
    except: 'no vendor’s webhook is taken yet: an address of one’s own asks for a sync, and brings no rows',
  },

  F1: {
    what: '429 with seconds, a date, a vendor’s header, with nothing',
    shown: of('429 with seconds, a date, a vendor’s header, and nothing'),
  },
  F2: {
    what: '5xx, reset, timeout, truncated body: bounded backoff with jitter',
    shown: of(
      '5xx and a reset are tried again, a bounded number of times',
      'an answer that is cut off loses nothing',
      'an answer that comes late is waited for',
    ),
  },
  F3: { what: '401 in mid-run: one refresh, one replay', except: noRefresh },
  F4: { what: '20 workers at expiry: exactly one refresh', except: noRefresh },
  F5: { what: 'a crash between refresh and save recovers, or asks to reconnect', except: noRefresh },
  F6: {
    what: 'the provider’s limit holds in any rolling window',
    shown: [
      ['lib/http/limiter/conformance.ts', 'admits no call too many in any rolling window, with 50 workers'],
    ],
  },
  F7: { what: 'other 4xx are not tried again', shown: of('other 4xx are not tried again') },
  F8: { what: 'no call after a cancel', shown: of('no call is made after a cancel') },
  F9: { what: 'redirects to private addresses', shown: of('a redirect to a private address is refused') },
  F10: {
    what: 'secrets in no log line and in no error',
    shown: [
      [connectors, 'a secret is in no error'],
      ['api/secrets.test.ts', 'is in no line of the log, nor is any key of our own'],
    ],
  },

  G1: {
    what: 'the same page twice writes no row version',
    shown: [sync('merge', 'inserts what is new and leaves what is there untouched, to its row version')],
  },
  G2: {
    what: 'a key twice in one page',
    shown: [sync('merge', 'takes the last of a key within a page, by version and then by place')],
  },
  G3: { what: 'state advances only with the data', shown: [everyPage] },
  G4: {
    what: 'rows of another workspace are refused, read and written',
    shown: [
      sync('merge', 'is refused for a workspace that is not the acting one'),
      ['database/rls.test.ts', '%s reads %s by right alone'],
    ],
  },
  G5: {
    what: 'names with quotes, of any script, of 63 bytes',
    shown: [sync('sync', 'takes names with quotes, of any script, and of 63 bytes')],
  },
  G6: {
    what: 'null, absent and empty',
    shown: [sync('sync', 'tells absent and null from an empty text')],
  },
  G7: {
    what: 'dates from 0001 to 9999, time zones, infinities',
    shown: [
      ['lib/datasets/coerce.test.ts', 'of a date or time agrees with JavaScript on every day and offset'],
      ['lib/datasets/coerce.test.ts', 'of type %s refuses %j with the reason'],
    ],
  },
  G8: {
    what: 'one bad row is set aside, and the rest goes on',
    shown: [sync('bad-input', 'that the database alone refuses is found among thousands and set aside')],
  },
  G9: {
    what: '100,000 rows stay within the parameter limits',
    shown: [
      sync('sync', 'takes 100,000 rows from one source'),
      [connectors, 'a page holds at most 5,000 rows'],
    ],
  },
  G10: { what: 'a transaction-mode pooler', shown: [underFire] },

  J1: {
    what: 'a message delivered twice does the work once',
    shown: [jobs('receive', 'that is replayed is answered 200, and nothing is done'), underFire],
  },
  J2: {
    what: 'a worker killed anywhere loses at most one page',
    shown: [jobs('crash', 'leaves a job that ends with every page written once'), everyPage],
  },
  J3: {
    what: 'a lease that expires is taken over, and the old holder writes no more',
    shown: [
      jobs('receive', 'takes it over once the lease has run out'),
      jobs('run', 'can write no page any more, and leaves the job to the other'),
    ],
  },
  J4: {
    what: 'cancel takes effect within a page of a sync, and soon of an export',
    shown: [
      sync('run', 'that is cancelled while it reads ends soon'),
      [
        'lib/exports/cancel.test.ts',
        'although its next row would never come, of which the database is told too',
      ],
    ],
  },
  J5: {
    what: 'retries follow the error table',
    shown: [
      jobs('run', 'with %s ends the job, for a person must change something first'),
      jobs('run', 'with %s is made again, and succeeds without a trace of the error'),
    ],
  },
  J6: {
    what: 'DST gap and overlap, month ends, closed windows, missed runs, no double firing',
    except:
      'a sync is due every so many minutes, hours or days, in no zone and no window; that it starts once is shown in lib/sync/run.test.ts',
  },
  J7: {
    what: 'the owner lost access: the run refuses',
    shown: [
      ['lib/exports/run.test.ts', 'has the rights of its owner, and is refused once the owner has left'],
    ],
  },
  J8: {
    what: 'nothing queued is lost while the bell is down',
    shown: [jobs('crash', 'when the queue is down as they are queued')],
  },
};
