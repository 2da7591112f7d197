import type { Server } from 'node:http';
import { expect, type Page, test } from '@playwright/test';
import { type Belongings, furnish, serveCsv } from '#tests/api/furnish.ts';
import { mailedLink } from './mails.ts';
import { newPage, newPerson } from './people.ts';
import { newWorkspace } from './workspaces.ts';

// One workspace and one viewer for all: nothing changes after the invitation.
test.describe.configure({ mode: 'serial' });

let server: Server;
let things: Belongings;
let viewer: Page;

test.beforeAll(async ({ browser }) => {
  const files = await serveCsv('code,title\n007,Seven\n008,Eight\n');
  server = files.server;
  const owner = await newPage(browser);
  things = await furnish(await newWorkspace(owner, 'owner'), 'shared_rows', files.url);
  viewer = await newPage(browser);
  await invite(owner, viewer);
});
test.afterAll(() => server.close());

/** The owner invites by mail; whoever gets it opens its link and chooses a password. */
async function invite(owner: Page, invited: Page): Promise<void> {
  const { email, password } = newPerson('viewer');
  await owner.goto('/settings/members');
  await owner.getByLabel('E-mail').fill(email);
  await owner.getByRole('button', { name: 'Invite' }).click();
  await expect(owner.getByText('The invitation is on its way')).toBeVisible();
  await invited.goto(await mailedLink(email, '/invitation/'));
  await invited
    .getByLabel(/password/i)
    .first()
    .fill(password);
  await invited.getByRole('button', { name: 'Sign up and join' }).click();
  await invited.waitForURL('**/home');
}

/** Where something could be changed, and what a viewer sees there instead of the means. */
const places: readonly { name: string; path(): string; sees: string | RegExp; notOffered: RegExp }[] = [
  {
    name: 'the home page',
    path: () => '/home',
    sees: 'Data to look at',
    notOffered: /add|export a file|run/i,
  },
  {
    name: 'the sources',
    path: () => '/sources',
    sees: 'Rows of shared_rows',
    notOffered: /add|sync|cancel/i,
  },
  {
    name: 'a source',
    path: () => `/sources/${things.sourceId}`,
    sees: /2 read/,
    notOffered: /sync now|would change|\bdelete\b/i,
  },
  {
    name: 'the settings of a source',
    path: () => `/sources/${things.sourceId}/settings`,
    sees: 'an editor of the workspace may change them',
    notOffered: /save|\bdelete\b/i,
  },
  {
    name: 'the mapping of a source',
    path: () => `/sources/${things.sourceId}/mapping`,
    sees: 'code',
    notOffered: /save|adjust/i,
  },
  {
    name: 'a dataset',
    path: () => `/data/${things.dataset}`,
    sees: '2 rows',
    notOffered: /export|edit/i,
  },
  {
    name: 'the life of a row',
    path: () => `/data/${things.dataset}/row?sourceId=${things.sourceId}&stream=rows&externalId=007`,
    sees: 'Inserted',
    notOffered: /edit/i,
  },
  {
    name: 'the conflicts of a source',
    path: () => `/sources/${things.sourceId}/conflicts`,
    sees: 'No conflicts',
    notOffered: /keep|write/i,
  },
  { name: 'the exports', path: () => '/exports', sees: 'All of shared_rows', notOffered: /new export|^run/i },
  {
    name: 'an export',
    path: () => `/exports/${things.exportId}`,
    sees: 'Editors and owners can run it.',
    notOffered: /^(run|edit|duplicate|delete)/i,
  },
  { name: 'the jobs', path: () => '/jobs', sees: 'All of shared_rows', notOffered: /cancel|run again/i },
  {
    name: 'the members',
    path: () => '/settings/members',
    sees: 'Only owners invite people',
    notOffered: /invite|remove/i,
  },
  { name: 'the API keys', path: () => '/settings/api-keys', sees: 'shared_rows', notOffered: /make|revoke/i },
];

for (const place of places) {
  const { name, sees, notOffered } = place;
  test(`a viewer sees ${name}, and is offered no change there`, async () => {
    await viewer.goto(place.path());
    const main = viewer.getByRole('main');
    await expect(main.getByText(sees).first()).toBeVisible();
    await expect(
      main.getByRole('button', { name: notOffered }).or(main.getByRole('link', { name: notOffered })),
    ).toHaveCount(0);
    await expect(main.getByRole('combobox', { name: /role/i })).toHaveCount(0);
  });
}

const refusals: readonly (readonly [page: string, path: () => string, reason: RegExp])[] = [
  ['a new source', () => '/sources/new', /You may look at this workspace, not change it/],
  ['a new export', () => '/exports/new', /For editors and owners/],
  ['an export that is edited', () => `/exports/${things.exportId}/edit`, /For editors and owners/],
  ['the audit log', () => '/settings/audit', /For editors and owners/],
];

for (const [name, path, reason] of refusals) {
  test(`a viewer who opens ${name} is told why not`, async () => {
    await viewer.goto(path());
    await expect(viewer.getByText(reason).filter({ visible: true })).toBeVisible();
    await expect(viewer.getByRole('button', { name: /continue|save/i })).toHaveCount(0);
  });
}

test('a viewer edits no cell, neither with the mouse nor with the keyboard', async () => {
  await viewer.goto(`/data/${things.dataset}`);
  const cell = viewer.getByRole('gridcell', { name: 'Eight' });
  await cell.hover();
  await expect(viewer.locator('[data-pencil]')).toHaveCount(0);
  await cell.focus();
  await viewer.keyboard.press('F2');
  await expect(viewer.getByRole('dialog')).toHaveCount(0);
  await viewer.keyboard.press('Enter');
  const details = viewer.getByRole('dialog', { name: 'Row details' });
  await expect(details).toBeVisible();
  await expect(details.getByRole('button', { name: /^Edit/ })).toHaveCount(0);
});

test('a viewer looks at the rows and downloads the file', async () => {
  await viewer.goto(`/data/${things.dataset}`);
  await expect(viewer.getByRole('gridcell', { name: 'Eight' })).toBeVisible();
  await viewer.goto(`/exports/${things.exportId}`);
  const link = viewer.getByRole('link', { name: 'Download the latest file' });
  const [file] = await Promise.all([viewer.waitForEvent('download'), link.click()]);
  expect(await (await file.createReadStream()).toArray().then(String)).toBe(
    'code,title\n007,Seven\n008,Eight\n',
  );
});
