/** Every check that a connector has to pass by itself; `catalogue.ts` has them all, the engine's and the jobs' too. */
export const checks = {
  'check and discover': [
    'a good config is one success',
    'bad credentials are an error that a person can act on',
    'a check is one call',
    'every column of the rows is in the schema, and the other way round',
  ],
  read: [
    'rows match the declared columns, and others are reported',
    'keys are unique and not null',
    'two full reads agree',
    'pages hold zero, one, a page less one, a page, and a page and one',
    'a full pass makes no more calls than there are pages, and one',
    'a page that repeats ends the read with an error',
    'rows inserted or deleted while paging lose nothing',
    'an answer at the API’s cap is taken to be cut, and split',
    'a total that was not met is told, and is no complete pass',
    'HTTP 200 that holds an error, a web page or a sentence is an error',
    'columns that are not equally long are refused',
    'decimals, and ids beyond 2^53, keep every digit',
    'a page holds at most 5,000 rows and 8 MB',
  ],
  state: [
    'a second run after a completed one reads nothing new',
    'resumed from every cursor it reads exactly what is left',
    'a bookmark in the far future yields nothing and does not crash',
    'values in the far future do not move the bookmark there',
    'the bookmark never moves backwards',
    'rows that appear late within the lookback are found',
    'rows that share the bookmark’s value are not lost',
    'a row that changes while it is read is found by the next pass',
    'a bookmark older than the API keeps asks for a full read',
    'cursors and bookmarks stay small',
    'a pass that failed is never complete and leaves no bookmark',
  ],
  http: [
    '429 with seconds, a date, a vendor’s header, and nothing',
    '5xx and a reset are tried again, a bounded number of times',
    'an answer that is cut off loses nothing',
    'an answer that comes late is waited for',
    'credentials refused in mid-run stop it where it can be gone on with',
    'other 4xx are not tried again',
    'no call is made after a cancel',
    'a redirect to a private address is refused',
    'a secret is in no error',
  ],
} as const;

export type Group = keyof typeof checks;
export type CheckOf<G extends Group> = (typeof checks)[G][number];
export type CheckName = CheckOf<Group>;
