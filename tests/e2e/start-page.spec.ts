import { expect, test } from '@playwright/test';

test('the start page says what is running and where to go', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Entrepot' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'database' })).toContainText('running');
  await expect(page.getByText('.local/demo.json')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign up' })).toHaveAttribute('href', '/sign-up');
  await page.getByRole('link', { name: 'read how' }).click();
  await expect(page).toHaveURL(/\/developers$/);
});

test('whoever opens the workspace without a session is asked to sign in', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Open the workspace' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});
