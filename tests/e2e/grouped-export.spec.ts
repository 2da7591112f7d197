import { expect, type Page, test } from '@playwright/test';
import { csvRows, readData, serveFiles } from './entrepot.ts';
import { downloadLatest, finishExport } from './export-pages.ts';
import { signUp } from './people.ts';
import { addSource, untilSynced } from './source-pages.ts';

const key = 'a key that the files want';
const states = csvRows(readData('zipcodes.csv')).map(({ state }) => state ?? '');

let files: { url: string; close(): void };
test.beforeAll(async () => {
  files = await serveFiles(key);
});
test.afterAll(() => files.close());

test('rows are grouped and counted by what is chosen in the editor, and come out so', async ({ page }) => {
  await signUp(page, 'groups');
  await addSource(page, {
    connector: 'CSV',
    file: `${files.url}/zipcodes.csv`,
    header: ['x-key', key],
    dataset: 'Grouped codes',
    key: ['zip_code'],
    name: 'Codes by address',
  });
  await untilSynced(page);
  await page.goto('/exports/new?dataset=grouped_codes');
  await page.getByRole('radio', { name: 'CSV', exact: true }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('radio', { name: 'Groups with totals' }).click();
  await page.getByRole('button', { name: 'Group by a column' }).click();
  await chooseIn(page, 'Group by', 'state');
  await page.getByLabel('Name of Number of rows in the file').fill('Codes');
  await page.getByRole('textbox', { name: 'And where this is true' }).fill('size(state) > == 2');
  await expect(page.getByRole('alert').filter({ hasText: /^character \d+:/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'And where this is true' }).fill('state != "AK"');
  await expect(page.getByRole('columnheader', { name: 'Codes' })).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await finishExport(page, 'CSV', 'Codes by state');
  const { file } = await downloadLatest(page);
  const counted = Map.groupBy(states.filter((state) => state !== 'AK').toSorted(), (state) => state);
  expect(csvRows(file)).toEqual(
    [...counted].map(([state, { length }]) => ({ state, Codes: String(length) })),
  );
});

/** Chooses in a select that can be searched. */
async function chooseIn(page: Page, label: string, option: string): Promise<void> {
  const select = page.getByRole('combobox', { name: label, exact: true });
  await select.click();
  await select.fill(option);
  await page.getByRole('option', { name: option, exact: true }).click();
}
