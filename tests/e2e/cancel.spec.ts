import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { datasetNamed, type Made, make, sourceInto } from '#tests/api/furnish.ts';
import { newWorkspace } from './workspaces.ts';

const TICK_MS = 100;
const ROWS_A_TICK = 50;

let server: Server;
let url: string;

test.beforeAll(async () => {
  ({ server, url } = await dripRows());
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a sync that is cancelled says so, and claims nothing that is not there', async ({ page }) => {
  const client = await newWorkspace(page, 'cancel');
  await make(client, '/api/datasets', datasetNamed('drops'));
  const { id } = await make<Made>(client, '/api/connectors/sources', sourceInto('drops', url));
  await page.goto(`/sources/${id}`);
  await page.getByRole('button', { name: /^Sync now/ }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: /^Cancel the sync/ }).click();

  const run = page.getByRole('main').getByRole('listitem').filter({ hasText: 'sync, started by hand' });
  await expect(run).toContainText('Cancelled', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: /^Cancel the sync/ })).toBeHidden();
  await expect(page.getByRole('main').getByText(/^(Done|Healthy|Failed|Failing)$/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Sync now/ })).toBeEnabled();

  const { json } = await client('GET', '/api/datasets/drops/rows?limit=500');
  const stored = (json as { items: unknown[] }).items.length;
  await expect(page.getByRole('definition').first()).toHaveText(String(stored));
  await page.goto('/jobs');
  await expect(page.getByRole('main').getByText('Cancelled').last()).toBeVisible();
});

/** A file that never ends: a few rows, then a few more. */
async function dripRows(): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => {
    let row = 0;
    response.writeHead(200, { 'content-type': 'text/csv' }).write('code,title\n');
    const timer = setInterval(() => {
      const rows = Array.from({ length: ROWS_A_TICK }, (_, place) => `${row + place},Drop\n`);
      row += ROWS_A_TICK;
      response.write(rows.join(''));
    }, TICK_MS);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/drops.csv` };
}
