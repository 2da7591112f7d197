import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import type { Client } from '#tests/api/client.ts';
import { datasetNamed, type Made, make, sourceInto } from '#tests/api/furnish.ts';
import { enterHeader, untilSynced } from './source-pages.ts';
import { newWorkspace } from './workspaces.ts';

// One workspace for all, with a source for each way to be broken.
test.describe.configure({ mode: 'serial' });

const key = 'a key that the file wants';
const csv = 'code,title\n007,Seven\n008,Eight\n';

let server: Server;
let origin: string;
let page: Page;
let client: Client;

test.beforeAll(async ({ browser }) => {
  server = createServer(({ url, headers }, response) => {
    if (url === '/rows.csv') response.end(csv);
    else if (url === '/page')
      response.end('<!doctype html><html><title>Sign in</title><p>Please sign in</p></html>');
    else if (url === '/locked.csv') response.writeHead(headers['x-key'] === key ? 200 : 401).end(csv);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  page = await browser.newPage();
  client = await newWorkspace(page, 'broken');
});
test.afterAll(() => server.close());

const enterAddress = () =>
  page.getByRole('textbox', { name: 'Address', exact: true }).fill(`${origin}/rows.csv`);

const cases: readonly { path: string; words: RegExp; repair(): Promise<void> }[] = [
  { path: '/page', words: /web page|HTML/i, repair: enterAddress },
  { path: '/gone.csv', words: /not found|404|nothing/i, repair: enterAddress },
  { path: '/locked.csv', words: /credentials|401/i, repair: () => enterHeader(page, ['x-key', key]) },
];

for (const { path, words, repair } of cases) {
  test(`a source at ${path} is explained, repaired on its page, and syncs`, async () => {
    const dataset = path.replace(/\W+/g, '_').replace(/^_/, 'rows_of_');
    await make(client, '/api/datasets', datasetNamed(dataset));
    const input = sourceInto(dataset, `${origin}${path}`);
    const { id } = await make<Made>(client, '/api/connectors/sources', input);
    await page.goto(`/sources/${id}`);
    await page.getByRole('button', { name: /^Sync now/ }).click();
    const failed = page.getByRole('alert').filter({ hasText: 'The last sync failed' });
    await expect(failed).toContainText(words, { timeout: 60_000 });
    await expect(page.getByText('Failing')).toBeVisible();

    await failed.getByRole('link').click();
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    await repair();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await expect(page.getByText('It works')).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('The settings are saved.').first()).toBeVisible();
    await page.getByRole('button', { name: /^Sync now/ }).click();
    await untilSynced(page);
    await expect(failed).toBeHidden();
    await page.getByRole('link', { name: 'Runs' }).click();
    await expect(page.getByRole('main').getByText('2 read · 2 inserted')).toBeVisible();
  });
}

test('what cannot be read is explained before it is saved', async () => {
  await page.goto('/sources/new');
  await page.getByRole('button', { name: /^CSV/ }).click();
  await page.getByLabel('On the web').check();
  for (const { path, words } of cases) {
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill(`${origin}${path}`);
    await page.getByRole('button', { name: 'Test connection' }).click();
    const answer = page.getByRole('alert').filter({ hasText: 'It does not work yet' });
    await expect(answer).toContainText(words);
  }
});
