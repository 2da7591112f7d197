import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const WIDTHS = [380, 1280];
const SCHEMES = ['light', 'dark'] as const;

/** What the browser says is wrong, from now on. */
export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
}

/** Waits until nothing of the page is still on its way. */
export async function untilShown(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root')).toHaveCount(0);
}

/**
 * Looks at the page as it is on a phone and on a desk, by day and by night, and keeps what it has seen. It never
 * scrolls to the side, and hinders nobody seriously; a long page of much of the same is judged in its first look.
 */
export async function lookAt(page: Page, name: string, isLong = false): Promise<void> {
  let isFirst = true;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const look = `${name} ${width} ${colorScheme}`;
      await page.screenshot({ path: test.info().outputPath(`${look}.png`), fullPage: true });
      const scrolls = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      expect.soft(scrolls, `${look} scrolls to the side`).toBe(false);
      if (isFirst || !isLong) expect.soft(await hindrances(page), look).toEqual([]);
      isFirst = false;
    }
  }
}

async function hindrances(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}
