import { expect, type Page, test } from '@playwright/test';
import { lookAt, problemsOf, untilShown } from './look.ts';
import { signUp } from './people.ts';

test('a built-in template is copied, edited in its form, used as it is then, and deleted', async ({
  page,
}) => {
  const problems = problemsOf(page);
  await signUp(page, 'templates');
  await copyToEdit(page, 'Vendor list');
  await untilShown(page);
  await lookAt(page, 'a template that is edited');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Whom to call');
  await page.getByRole('button', { name: 'Remove People' }).click();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByLabel('What it fills').last().selectOption({ label: 'Column names in the first line' });
  await page.getByRole('textbox', { name: 'Question' }).last().fill('With a heading');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Whom to call' })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'With a heading' })).toBeChecked();
  await expect(page.getByRole('switch', { name: 'Active vendors only' })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'People' })).toHaveCount(0);
  await page.goto('/exports/templates');
  await page.getByRole('link', { name: 'Edit Whom to call' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Whom to call' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/exports\/templates$/);
  await expect(page.getByRole('heading', { name: 'Whom to call' })).toHaveCount(0);
  expect(problems).toEqual([]);
});

test('what is wrong with a template is said where it is, and a change by somebody else is not lost', async ({
  page,
}) => {
  await signUp(page, 'templates-at-once');
  await copyToEdit(page, 'Vendor list');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await page.getByRole('button', { name: 'More' }).first().click();
  const name = page.getByRole('textbox', { name: 'Name for programs' }).first();
  await name.fill('no blanks');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(
    page.getByText('must begin with a letter, and hold letters, digits and _ alone'),
  ).toBeVisible();
  await name.fill('activeOnly');
  await other.getByRole('textbox', { name: 'Name', exact: true }).fill('Changed meanwhile');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Changed meanwhile' })).toBeVisible();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert', { name: 'Not saved' })).toContainText(
    'Somebody else has changed this template',
  );
});

async function copyToEdit(page: Page, name: string): Promise<void> {
  await page.goto('/exports/templates');
  await page.getByRole('button', { name: `Copy to edit: ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: `Edit ${name} copy` })).toBeVisible();
}
