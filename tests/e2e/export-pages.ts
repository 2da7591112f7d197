import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';

/** Goes through the steps of a new export that are to be seen, and runs it. */
export async function finishExport(page: Page, format: string, name: string): Promise<void> {
  await page.getByRole('radio', { name: format, exact: true }).click();
  for (const next of ['Data', 'Options', 'Delivery']) {
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { level: 2, name: next, exact: true })).toBeVisible();
  }
  await page.getByLabel('Name of the export').fill(name);
  await page.getByRole('button', { name: 'Save and run' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Waits for the export's run to be done, without a reload, and downloads its file. */
export async function downloadLatest(page: Page): Promise<{ file: string; name: string }> {
  const link = page.getByRole('link', { name: 'Download the latest file' });
  await expect(link).toBeVisible({ timeout: 90_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { file: await readFile(await download.path(), 'utf8'), name: download.suggestedFilename() };
}
