import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import type { Client } from '#tests/api/client.ts';
import { completed, type Made, make, startSync } from '#tests/api/furnish.ts';
import { newPage } from './people.ts';
import { newWorkspace } from './workspaces.ts';

// One row's way, step by step: each test goes on from where the one before has come to.
test.describe.configure({ mode: 'serial' });

const columns = [
  { name: 'code', label: 'Code', type: 'text' },
  { name: 'title', label: 'Title', type: 'text' },
  { name: 'price', label: 'Price', type: 'decimal' },
];
const names = columns.map(({ name }) => name);

let server: Server;
let body = 'code,title,price\n007,Seven,7.00\n008,Eight,8.00\n';
let page: Page;
let client: Client;
let sourceId: string;

test.beforeAll(async ({ browser }) => {
  server = createServer((_, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  page = await newPage(browser);
  client = await newWorkspace(page, 'edits');
  await make(client, '/api/datasets', { name: 'parts', label: 'Parts', key: ['code'], columns });
  const fields = Object.fromEntries(names.map((name) => [name, name]));
  const source = {
    sourceType: 'csv',
    displayName: 'Parts by address',
    config: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/parts.csv` },
    streams: { rows: { dataset: 'parts', fields, columns: names } },
    conflictPolicy: 'ask',
  };
  sourceId = (await make<Made>(client, '/api/connectors/sources', source)).id;
  await sync();
});
test.afterAll(async () => {
  server.close();
  await page.close();
});

async function sync(): Promise<void> {
  await completed(client, (await startSync(client, sourceId)).jobId);
}

const cell = (name: string) => page.getByRole('gridcell', { name, exact: true });
const editor = (label: string) => page.getByRole('dialog', { name: `Edit ${label}` });

async function retype(value: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(value);
  await page.keyboard.press('Enter');
}

test('a cell is edited with the mouse', async () => {
  await page.goto('/data/parts');
  await cell('Seven').hover();
  await cell('Seven').locator('[data-pencil]').click();
  await expect(editor('Title').getByRole('textbox')).toBeFocused();
  await retype('Seven, painted');
  await expect(cell('Seven, painted')).toBeFocused();
  await expect(editor('Title')).toBeHidden();
});

test('a cell is edited with the keyboard, which says what is wrong and gives up on Escape', async () => {
  await page.keyboard.press('ArrowRight');
  await expect(cell('7.00')).toBeFocused();
  await page.keyboard.press('F2');
  await expect(editor('Price').getByRole('textbox')).toBeFocused();
  await retype('cheap');
  await expect(editor('Price').getByRole('alert')).toHaveText('This value is not a number.');
  await page.keyboard.press('Escape');
  await expect(cell('7.00')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(editor('Price').getByRole('textbox')).toBeFocused();
  await retype('9.50');
  await expect(cell('9.50')).toBeFocused();
});

test('an edited cell says what the source says, and the edit is taken back', async () => {
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  const note = page.getByRole('tooltip').filter({ hasText: 'The source says: 7.00' });
  await expect(note).toHaveText(/^Edited by edits-/);
  await page.keyboard.press('Enter');
  await editor('Price').getByRole('button', { name: 'Take it back' }).click();
  await expect(cell('7.00')).toBeFocused();
  await expect(cell('9.50')).toHaveCount(0);
});

test('the key is edited nowhere', async () => {
  await page.keyboard.press('Home');
  await expect(cell('007')).toBeFocused();
  await page.keyboard.press('F2');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: 'Row details' });
  await expect(details.getByRole('button', { name: 'Edit Title' })).toBeVisible();
  await expect(details.getByRole('button', { name: 'Edit Code' })).toHaveCount(0);
});

test('a row’s life has each change, by whom or by which run', async () => {
  await page.getByRole('link', { name: 'Everything that happened to this row' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '007' })).toBeVisible();
  const events = page.getByRole('region', { name: 'What happened to it' }).getByRole('listitem');
  await expect(events).toHaveCount(4);
  await expect(events.nth(0)).toContainText('Price9.50 → 7.00');
  await expect(events.nth(1)).toContainText('Price7.00 → 9.50');
  await expect(events.nth(2)).toContainText('TitleSeven → Seven, painted');
  await expect(events.nth(2)).toContainText(/Edited here.*by edits-/);
  await expect(events.nth(3)).toContainText('Inserted');
  await events.nth(3).getByRole('link', { name: 'by this run' }).click();
  await expect(page.getByRole('heading', { name: 'What changed' })).toBeVisible();
});

test('a conflict waits for a person, who decides it with one click', async () => {
  body = 'code,title,price,colour\n007,Seven of them,7.00,red\n008,Eight,8.00,blue\n';
  await sync();
  await page.goto(`/sources/${sourceId}`);
  const notice = page.getByRole('alert', { name: '1 conflict', exact: true });
  await expect(notice).toBeVisible();
  await page.getByRole('link', { name: 'Look at it, and decide' }).click();
  const conflict = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Title of 007' });
  await expect(conflict).toContainText('The source saidSeven');
  await expect(conflict).toContainText('Edited hereSeven, painted');
  await expect(conflict).toContainText('The source says nowSeven of them');
  await conflict.getByRole('button', { name: 'Keep the source’s value' }).click();
  await expect(page.getByRole('heading', { name: 'No conflicts' })).toBeVisible();
  await expect(notice).toHaveCount(0);
  await page.goto('/data/parts');
  await expect(cell('Seven of them')).toBeVisible();
});

test('a new column of the source is offered until the mapping knows it', async () => {
  const offer = page.getByRole('alert', { name: '1 new column: colour' });
  await page.goto(`/sources/${sourceId}`);
  await expect(offer).toBeVisible();
  await page.getByRole('link', { name: 'Map them, or save the mapping without' }).click();
  await expect(page.getByText('the source has got: colour')).toBeVisible();
  await page.getByRole('button', { name: 'Save mapping' }).click();
  await expect(page.getByText('The mapping is saved.')).toBeVisible();
  await expect(offer).toHaveCount(0);
});
