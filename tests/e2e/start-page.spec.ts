import { expect, test } from '@playwright/test';

test('the start page says what is running and where to go', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Entrepot' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'database' })).toContainText('running');
  await expect(page.getByText('POST /api/external/sync')).toBeVisible();
  await expect(page.getByText('.local/demo.json').first()).toBeVisible();
});

for (const width of [380, 1280]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the start page fits ${width} pixels and can be read in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.goto('/');
      const { scrolls, ratio } = await page.evaluate(() => {
        const luminance = (color: string) => {
          const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
            const share = Number(part) / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = luminance(getComputedStyle(document.body).backgroundColor);
        const contrast = [...document.querySelectorAll('h1, p, li, li span, a, code')].map((element) => {
          const ink = luminance(getComputedStyle(element).color);
          return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
        });
        return {
          scrolls: document.documentElement.scrollWidth > document.documentElement.clientWidth,
          ratio: Math.min(...contrast),
        };
      });
      expect(scrolls).toBe(false);
      expect(ratio).toBeGreaterThanOrEqual(4.5);
    });
  }
}
