import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import type { Client } from '#tests/api/client.ts';
import { completed, type Made, make, startSync } from '#tests/api/furnish.ts';
import { newPage } from './people.ts';
import { newWorkspace } from './workspaces.ts';

// One source's way, step by step: each test goes on from where the one before has come to.
test.describe.configure({ mode: 'serial' });

const columns = [
  { name: 'code', label: 'Code', type: 'text' },
  { name: 'price', label: 'Price', type: 'decimal' },
];
const streams = { rows: { dataset: 'parts', fields: { code: 'code', price: 'price' } } };

let server: Server;
let body = csv(10);
let page: Page;
let client: Client;
let sourceId: string;

test.beforeAll(async ({ browser }) => {
  server = createServer((_, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  page = await newPage(browser);
  client = await newWorkspace(page, 'decisions');
  await make(client, '/api/datasets', { name: 'parts', label: 'Parts', key: ['code'], columns });
  const config = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/parts.csv` };
  const source = { sourceType: 'csv', displayName: 'Parts', config, streams };
  sourceId = (await make<Made>(client, '/api/connectors/sources', source)).id;
  await sync();
});
test.afterAll(async () => {
  server.close();
  await page.close();
});

function csv(rows: number, ...more: readonly string[]): string {
  const parts = Array.from({ length: rows }, (_, place) => `P${place},${place}`);
  return ['code,price', ...parts, ...more].join('\n');
}

async function sync(): Promise<void> {
  await completed(client, (await startSync(client, sourceId)).jobId);
}

async function stored(): Promise<number> {
  const { json } = await client('GET', '/api/datasets/parts/rows');
  return (json as { items: unknown[] }).items.length;
}

const main = () => page.getByRole('main');

test('a delete that is held is confirmed by a person, and undone', async () => {
  body = csv(4);
  await sync();
  expect(await stored()).toBe(10);
  await page.goto(`/sources/${sourceId}`);
  await main().getByRole('link', { name: 'Look at them, and decide' }).click();
  await expect(page.getByRole('region', { name: 'Keys of these rows' }).getByRole('link')).toHaveCount(6);
  await main().getByRole('button', { name: 'Remove them' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove them' }).click();
  const undo = main().getByRole('button', { name: 'Undo: bring them back' });
  await expect(undo).toBeVisible();
  expect(await stored()).toBe(4);
  await undo.click();
  await expect(main().getByText('Brought back', { exact: true })).toBeVisible();
  expect(await stored()).toBe(10);
});

test('a key of it leads to the life of its row', async () => {
  await main().getByRole('link', { name: 'P9', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'P9' })).toBeVisible();
});

test('a mapping is changed against the rows that were set aside', async () => {
  body = csv(10, 'dear,$20', 'cheap,$1');
  await sync();
  await page.goto(`/sources/${sourceId}/rejects`);
  await main().getByRole('link', { name: 'change the mapping' }).click();
  await expect(page.getByRole('radio', { name: 'Set aside (2)' })).toBeChecked();
  await expect(main().getByText('2 of the first 2 rows would be set aside.')).toBeVisible();
  await main().getByRole('button', { name: 'Adjust Price' }).click();
  await main().getByRole('combobox', { name: 'Change the value' }).click();
  await page.getByRole('option', { name: 'Read as a number' }).click();
  await expect(main().getByText('All of the first 2 rows fit.')).toBeVisible();
  await main().getByText('The source’s first rows').click();
  await expect(main().getByText('All of the first 12 rows fit.')).toBeVisible();
});

test('once it is saved, it is shown what it would change', async () => {
  await main().getByRole('button', { name: 'Save mapping' }).click();
  const saved = page.getByRole('alert').filter({ hasText: 'The mapping is saved.' });
  await saved.getByRole('button', { name: 'Show what would change' }).click();
  await saved.getByRole('link', { name: 'See what would change' }).click();
  await expect(page.getByRole('region', { name: 'What would change' }).getByRole('listitem')).toHaveCount(2);
});

test('the rows that were set aside are taken by a replay', async () => {
  await page.getByRole('navigation', { name: 'Source' }).getByRole('link', { name: 'Rejects' }).click();
  await expect(main().getByText('rows: 2 of the 2 rows would be taken.')).toBeVisible();
  await main().getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByRole('heading', { name: 'No open rejects' })).toBeVisible();
  expect(await stored()).toBe(12);
});
