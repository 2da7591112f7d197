import assert from 'node:assert/strict';
import { expect, test } from '@playwright/test';
import Excel from 'exceljs';
import { csvRows, readData } from './entrepot.ts';
import { downloadLatest, finishExport } from './export-pages.ts';
import { signUp } from './people.ts';
import { addSource, untilSynced } from './source-pages.ts';

const days = csvRows(readData('seattle-weather.csv'));
const measures = ['precipitation', 'temp_max', 'temp_min', 'wind'];

test('an Excel file of this computer comes out as JSON, its dates and numbers as such', async ({ page }) => {
  await signUp(page, 'workbook');
  await addSource(page, {
    connector: 'Excel',
    file: {
      name: 'Weather.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: await workbook(),
    },
    dataset: 'Weather',
    key: ['date'],
    name: 'Weather workbook',
  });
  await untilSynced(page);
  await page.getByRole('link', { name: 'Weather', exact: true }).click();
  await expect(page.getByText(`${days.length.toLocaleString('en-GB')} rows`)).toBeVisible();
  await page.getByRole('link', { name: 'Export these rows' }).click();
  await finishExport(page, 'JSON', 'Weather');
  const { file, name } = await downloadLatest(page);
  expect(name).toMatch(/\.json$/);
  const { data } = JSON.parse(file) as { data: Record<string, unknown>[] };
  const sorted = data.toSorted((a, b) => (String(a.date) < String(b.date) ? -1 : 1));
  assert.deepEqual(sorted, days.map(expectedOf));
});

/** A sheet as people make them: dates and numbers typed, and a station whose zeros are part of its name. */
async function workbook(): Promise<Buffer> {
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet('Weather');
  sheet.addRow(['date', ...measures, 'weather', 'station']);
  for (const day of days) {
    const numbers = measures.map((name) => Number(day[name]));
    sheet.addRow([new Date(`${day.date}T00:00:00Z`), ...numbers, day.weather, '007']);
  }
  sheet.getColumn(1).numFmt = 'yyyy-mm-dd';
  return Buffer.from(await book.xlsx.writeBuffer());
}

function expectedOf(day: Record<string, string>): Record<string, unknown> {
  const numbers = measures.map((name) => [name, String(Number(day[name]))]);
  return { date: day.date, ...Object.fromEntries(numbers), weather: day.weather, station: '007' };
}
