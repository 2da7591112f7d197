import assert from 'node:assert/strict';
import { expect, type Page, test } from '@playwright/test';
import { csvRows, readData, serveFiles } from './entrepot.ts';
import { downloadLatest, finishExport } from './export-pages.ts';
import { signUp } from './people.ts';
import { addSource, untilSynced } from './source-pages.ts';

const key = 'a key that the files want';
const expected = csvRows(readData('zipcodes.csv'));

let files: { url: string; close(): void };
test.beforeAll(async () => {
  files = await serveFiles(key);
});
test.afterAll(() => files.close());

test('from sign-up to the first downloaded file, without a reload', async ({ page }) => {
  const begun = Date.now();
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await signUp(page, 'first');
  await addSource(page, {
    connector: 'CSV',
    file: `${files.url}/zipcodes.csv`,
    header: ['x-key', key],
    dataset: 'Zip codes',
    name: 'Zip codes by address',
  });
  await untilSynced(page);
  await lookAtAlaska(page);
  await page.getByRole('link', { name: 'Export these rows' }).click();
  await finishExport(page, 'CSV', 'Alaska');
  const { file, name } = await downloadLatest(page);
  await test.info().attach('seconds from sign-up to file', { body: String((Date.now() - begun) / 1000) });
  expect(name).toMatch(/^Alaska.*\.csv$/i);
  expect(loads).toBe(1);
  const alaska = expected.filter(({ state }) => state === 'AK');
  assert.deepEqual(rowsOf(file), alaska);
});

async function lookAtAlaska(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByRole('link', { name: 'Zip codes', exact: true }).click();
  await expect(page.getByText(`${expected.length.toLocaleString('en-GB')} rows`)).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByRole('combobox', { name: 'Condition 1: column' }).click();
  await page.getByRole('option', { name: 'state', exact: true }).click();
  await page.getByLabel('Condition 1: value').fill('AK');
  await page.getByRole('button', { name: 'Show the rows' }).click();
  const count = expected.filter(({ state }) => state === 'AK').length;
  await expect(page.getByText(`${count} rows`)).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Anchorage' }).first()).toBeVisible();
}

function rowsOf(csv: string): Record<string, string>[] {
  const data = csvRows(csv);
  return data.toSorted((a, b) => ((a.zip_code ?? '') < (b.zip_code ?? '') ? -1 : 1));
}
