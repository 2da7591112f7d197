import { expect, type Page } from '@playwright/test';

/** How somebody goes through the steps of *Add source*. */
export interface NewSource {
  readonly connector: 'CSV' | 'JSON' | 'Excel';
  /** The address of the file, or a file of this computer. */
  readonly file: string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
  /** A header that the file's server asks for. */
  readonly header?: readonly [name: string, value: string];
  readonly dataset: string;
  /** What a row is known by, where it is not as proposed. */
  readonly key?: readonly string[];
  readonly name: string;
}

/** Adds a source step by step from the list of sources, and comes to its page as its sync begins. */
export async function addSource(page: Page, source: NewSource): Promise<void> {
  await page.getByRole('link', { name: 'Sources' }).click();
  await page.getByRole('link', { name: 'Add source' }).click();
  await page.getByRole('button', { name: new RegExp(`^${source.connector}`) }).click();
  await connect(page, source);
  await step(page, 'Is this your data?');
  await expect(page.getByRole('table')).toBeVisible();
  await goOn(page);
  await step(page, 'Where should the rows go?');
  await page.getByLabel('Name of the dataset').fill(source.dataset);
  if (source.key) await chooseKey(page, source.key);
  await goOn(page);
  await step(page, 'Which column goes where?');
  await expect(page.getByText(/of the first [\d,]+ rows/)).toBeVisible();
  await goOn(page);
  await step(page, 'Name it and save');
  await page.getByLabel('Name of the source').fill(source.name);
  await page.getByRole('button', { name: 'Save and sync' }).click();
  await expect(page.getByRole('heading', { level: 1, name: source.name })).toBeVisible();
}

async function connect(page: Page, { connector, file, header }: NewSource): Promise<void> {
  await step(page, `Connect ${connector}`);
  if (typeof file === 'string') {
    await page.getByLabel('On the web').check();
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill(file);
  } else {
    await page.locator('input[type=file]').setInputFiles(file);
    await expect(page.getByText(`${file.name} `)).toContainText('uploaded');
  }
  if (header) await enterHeader(page, header);
  await page.getByRole('button', { name: 'Test connection' }).click();
  await expect(page.getByText('It works')).toBeVisible();
  await goOn(page);
}

/** Waits on a source's page until its sync is done, without a reload. */
export async function untilSynced(page: Page): Promise<void> {
  await expect(page.getByRole('main').getByText('Healthy', { exact: true })).toBeVisible({ timeout: 90_000 });
}

/** Enters a header that a source wants, as its credentials. */
export async function enterHeader(page: Page, [name, value]: readonly [string, string]): Promise<void> {
  await page.getByRole('combobox', { name: 'Credentials' }).click();
  await page.getByRole('option', { name: 'Headers' }).click();
  await page.getByLabel(/^Header/).fill(name);
  await page.getByLabel(/^Value/).fill(value);
}

async function chooseKey(page: Page, key: readonly string[]): Promise<void> {
  const input = page.getByRole('combobox', { name: 'What is each row known by?' });
  await input.click();
  for (let left = 8; left > 0; left -= 1) await input.press('Backspace');
  for (const column of key) {
    await input.fill(column);
    await page.getByRole('option', { name: column, exact: true }).click();
  }
  await input.press('Escape');
}

async function step(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeVisible();
}

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
}
