import { expect, type Page, test } from '@playwright/test';
import { serveFiles } from './entrepot.ts';
import { type Furnished, furnishAirports } from './furnished.ts';
import { lookAt, problemsOf, untilShown } from './look.ts';
import { newPage, signUp } from './people.ts';
import { newWorkspace } from './workspaces.ts';

const key = 'a key that the files want';
let page: Page;
let problems: string[];

/** Each page is opened once, and looked at from all sides. */
function looksWell(name: string, address: () => string, isLong = false) {
  test(`${name} can be read and used everywhere`, async () => {
    problems.length = 0;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(address());
    await untilShown(page);
    await lookAt(page, name, isLong);
    expect(problems).toEqual([]);
  });
}

test.describe('for whoever is not signed in', () => {
  test.beforeAll(async ({ browser }) => {
    page = await newPage(browser);
    problems = problemsOf(page);
  });
  test.afterAll(() => page.close());

  looksWell('the start page', () => '/');
  looksWell('sign-in', () => '/sign-in');
  looksWell('sign-up', () => '/sign-up');
  looksWell('a forgotten password', () => '/password');
  looksWell('a link of a mail', () => '/auth/confirm?token_hash=worn-out&type=recovery');
  looksWell('an invitation that is over', () => '/invitation/worn-out');
  looksWell('the developers’ page', () => '/developers', true);
});

const places = [
  'home',
  'sources',
  'sources/new',
  'data',
  'data/add-view',
  'exports',
  'exports/new',
  'exports/templates',
  'jobs',
];
const settings = ['profile', 'members', 'api-keys', 'audit', 'health'];

test.describe('in an empty workspace', () => {
  test.beforeAll(async ({ browser }) => {
    page = await newPage(browser);
    problems = problemsOf(page);
    await signUp(page, 'empty');
  });
  test.afterAll(() => page.close());

  for (const place of [...places, ...settings.map((name) => `settings/${name}`)]) {
    looksWell(`empty ${place.replace('/', ' ')}`, () => `/${place}`);
  }
  looksWell('a choice of workspaces', () => '/workspaces');
});

test.describe('in a workspace in use', () => {
  let files: { url: string; close(): void };
  let made: Furnished;

  test.beforeAll(async ({ browser }) => {
    files = await serveFiles(key);
    page = await newPage(browser);
    problems = problemsOf(page);
    made = await furnishAirports(await newWorkspace(page, 'furnished'), files.url, key);
  });
  test.afterAll(async () => {
    files.close();
    await page.close();
  });

  for (const place of [...places, ...settings.map((name) => `settings/${name}`)]) {
    looksWell(`furnished ${place.replace('/', ' ')}`, () => `/${place}`);
  }
  looksWell('a source', () => `/sources/${made.healthy}`);
  looksWell('a source that fails', () => `/sources/${made.failing}`);
  looksWell('a run', () => `/sources/${made.healthy}/runs/${made.runId}`);
  looksWell('a dry run', () => `/sources/${made.rejected}/runs/${made.dryRunId}`);
  looksWell('a source without rejects', () => `/sources/${made.healthy}/rejects`);
  looksWell('a source’s rejects', () => `/sources/${made.rejected}/rejects`);
  looksWell('a mapping tried on rejects', () => `/sources/${made.rejected}/mapping?rows=set-aside`);
  looksWell('a source’s deletes', () => `/sources/${made.thinned}/deletions`);
  looksWell('a delete that is held', () => `/sources/${made.thinned}/deletions/${made.deletionId}`);
  looksWell('a source’s conflicts', () => `/sources/${made.thinned}/conflicts`);
  looksWell('a source’s mapping', () => `/sources/${made.healthy}/mapping`);
  looksWell('a source’s settings', () => `/sources/${made.healthy}/settings`);
  looksWell('a dataset', () => '/data/airports');
  looksWell(
    'the life of a row',
    () => `/data/airports/row?sourceId=${made.thinned}&stream=rows&externalId=${made.editedKey}`,
  );
  looksWell('a dataset with nothing that fits', () => '/data/airports?search=nowhere-at-all');
  looksWell('a view', () => '/data/tables_at_hand');
  looksWell('an export', () => `/exports/${made.exportId}`);
  looksWell('an export that is edited', () => `/exports/${made.exportId}/edit`);
  looksWell('a job', () => `/jobs/${made.jobId}`);
  looksWell('a job that failed', () => `/jobs/${made.failedJobId}`);
});
