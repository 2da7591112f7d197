import { expect, type Page, test } from '@playwright/test';
import { csvRows } from './entrepot.ts';
import { downloadLatest, finishExport } from './export-pages.ts';
import { lookAt } from './look.ts';
import { asOperator } from './operator.ts';
import { signUp } from './people.ts';

const ROWS = 620;

// Every workspace has as many customers, and is shown its own alone.
test.beforeAll(() =>
  asOperator(`
    create schema if not exists shop;
    grant usage on schema shop to entrepot_member;
    create or replace view shop.customers with (security_invoker = true) as
      select d.workspace_id, 'SKU-' || number as sku, 'customer' || number || '@example.com' as email,
        number * 0.25 as spent, 'EUR' as currency
      from public.datasets as d, generate_series(1, ${ROWS}) as number where d.name = 'vendors';
    create or replace view shop.stock with (security_invoker = true) as
      select d.workspace_id, 'SKU-' || number as sku, number * 2 as pieces
      from public.datasets as d, generate_series(1, ${ROWS}) as number where d.name = 'vendors';
    grant select on shop.customers, shop.stock to entrepot_member;
    create or replace view shop.open_to_all as select * from public.vendors;
  `),
);

test('a view is registered and looked at, and exported with a column of another that it is related to', async ({
  page,
}) => {
  await signUp(page, 'views');
  await addCustomers(page);
  await lookAtRows(page);
  const columns = [{ name: 'sku' }, { name: 'pieces', label: 'Pieces' }];
  const stock = { kind: 'view', name: 'stock', label: 'Stock', view: 'shop.stock', key: ['sku'], columns };
  expect((await page.request.post('/api/datasets', { data: stock })).status()).toBe(201);
  await relateToStock(page);

  await page.goto('/exports/new?dataset=customers');
  await page.getByRole('radio', { name: 'CSV', exact: true }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await choose(page, 'Add a further column', 'in_stock: Pieces');
  await page.getByRole('button', { name: 'Back' }).click();
  await finishExport(page, 'CSV', 'Customers with stock');
  const { file } = await downloadLatest(page);
  const rows = csvRows(file);
  expect(rows).toHaveLength(ROWS);
  expect(rows.filter((row) => Number(row['in_stock.pieces']) !== 8 * Number(row.spent))).toEqual([]);
  expect(file).not.toContain('customer77@');

  await takeAway(page, '/data/stock', 'Take this view away');
  await expect(page.getByText('"Stock" is still led to by relations of "Customers"')).toBeVisible();
  await takeAwayRelation(page);
  await expect(page.getByText('the export "Customers with stock" would no longer find')).toBeVisible();

  await page.goto('/exports');
  await page.getByRole('link', { name: 'Customers with stock', exact: true }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await page.waitForURL('**/exports');
  await takeAwayRelation(page);
  await expect(page.getByText('There are none yet.')).toBeVisible();
  await takeAway(page, '/data/stock', 'Take this view away');
  await page.waitForURL('**/data');
  await expect(page.getByRole('link', { name: 'Customers', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Stock', exact: true })).toHaveCount(0);
});

async function addCustomers(page: Page): Promise<void> {
  await page.goto('/data');
  await page.getByRole('link', { name: 'Add a view' }).click();
  await expect(page.getByText('alter view shop.open_to_all set (security_invoker = true)')).toBeVisible();
  await choose(page, 'View', 'shop.customers');
  await page.getByLabel('Label of spent').fill('Money spent');
  await page.getByLabel('email is personal').check();
  await choose(page, 'Column with the currency of spent', 'Currency');
  await lookAt(page, 'a view that is added');
  await choose(page, 'What names a row', 'Sku');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add the view' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
}

/** All of its rows, more than a page of them, in either order; and those that are searched for. */
async function lookAtRows(page: Page): Promise<void> {
  await expect(page.getByText(`${ROWS} rows`)).toBeVisible();
  const first = page.locator('[data-index="0"] [data-column="2"]');
  const sort = page.getByRole('button', { name: 'Money spent' });
  await sort.click();
  await expect(first).toHaveText('0.25');
  await sort.click();
  await expect(first).toHaveText('155.00');
  await page.locator('[data-index="0"]').focus();
  const last = page.locator(`[data-index="${ROWS - 1}"] [data-column="2"]`);
  await expect(async () => {
    await page.keyboard.press('End');
    await expect(last).toHaveText('0.25', { timeout: 1_000 });
  }).toPass();
  await page.getByLabel('Search in all texts').fill('customer77@');
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
  await expect(page.locator('[data-pencil]')).toHaveCount(0);
}

async function relateToStock(page: Page): Promise<void> {
  await page.goto('/data/customers');
  await page.getByRole('button', { name: 'Relations' }).click();
  await page.getByRole('button', { name: 'Add a relation' }).click();
  await choose(page, 'Other dataset', 'Stock');
  await expect(page.getByRole('radio', { name: 'One at most' })).toBeChecked();
  await lookAt(page, 'a relation that is added');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect(name).toHaveValue('stock');
  await name.fill('In stock');
  await page.getByRole('button', { name: 'Save the relation' }).click();
  await expect(page.getByText('must be lower-case letters')).toBeVisible();
  await name.fill('in_stock');
  await page.getByRole('button', { name: 'Save the relation' }).click();
  await expect(page.getByRole('button', { name: 'Take away in_stock' })).toBeVisible();
}

/** Chooses in a select that can be searched, or in one of several. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  const select = page.getByRole('combobox', { name: label, exact: true });
  await select.click();
  await select.fill(option);
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function takeAwayRelation(page: Page): Promise<void> {
  await page.goto('/data/customers');
  await page.getByRole('button', { name: 'Relations' }).click();
  await confirm(page, 'Take away in_stock');
}

async function takeAway(page: Page, address: string, button: string): Promise<void> {
  await page.goto(address);
  await confirm(page, button);
}

async function confirm(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('button', { name: 'Take it away', exact: true }).click();
}
