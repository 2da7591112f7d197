import { expect, type Locator, type Page, test } from '@playwright/test';
import { datasetNamed, make, serveCsv } from '#tests/api/furnish.ts';
import { signUp } from './people.ts';
import { untilSynced } from './source-pages.ts';
import { newWorkspace } from './workspaces.ts';

const MOST_STOPS = 80;

/** Goes on by the Tab key alone until it stands there, seeing at each stop where it is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the Tab key does not come to ${target}`);
}

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await expect(target).toBeVisible();
  await tabTo(page, target);
  await page.keyboard.press(key);
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await expect(target).toBeVisible();
  await tabTo(page, target);
  await page.keyboard.type(text);
}

test('somebody without a mouse signs in, and skips to the content', async ({ page }) => {
  const { email, password } = await signUp(page, 'keys');
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await type(page, page.getByLabel('E-mail'), email);
  await type(page, page.getByLabel(/^Password/), password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  await page.goto('/sources');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Add source' })).toBeFocused();
});

test('somebody without a mouse adds a source and syncs it', async ({ page }) => {
  const { url, server } = await serveCsv('code,title\n007,Seven\n008,Eight\n');
  const heading = (name: string) => expect(page.getByRole('heading', { level: 2, name })).toBeFocused();
  const goOn = () => press(page, page.getByRole('button', { name: 'Continue' }));
  await signUp(page, 'keys');
  await page.goto('/sources');
  await press(page, page.getByRole('link', { name: 'Add source' }));
  await press(page, page.getByRole('button', { name: /^CSV/ }));
  await heading('Connect CSV');
  await tabTo(page, page.getByLabel('On this computer'));
  await page.keyboard.press('ArrowRight');
  await type(page, page.getByRole('textbox', { name: 'Address', exact: true }), url);
  await goOn();
  await heading('Is this your data?');
  await goOn();
  await heading('Where should the rows go?');
  await goOn();
  await heading('Which column goes where?');
  await goOn();
  await heading('Name it and save');
  await press(page, page.getByRole('button', { name: 'Save and sync' }));
  await untilSynced(page);
  await expect(page.getByText('2 read · 2 inserted')).toBeVisible();
  server.close();
});

test('somebody without a mouse puts the columns of an export into another order', async ({ page }) => {
  await make(await newWorkspace(page, 'keys'), '/api/datasets', datasetNamed('keyed'));
  await page.goto('/exports/new?dataset=keyed');
  await press(page, page.getByRole('button', { name: 'Continue' }));
  await expect(page.getByRole('heading', { level: 2, name: 'Data' })).toBeFocused();
  const steps = page.getByRole('button', { name: /^Move .+ up$/ });
  const order = () => steps.evaluateAll((buttons) => buttons.map((button) => button.ariaLabel));
  await expect.poll(order).toEqual(['Move code up', 'Move title up']);

  await press(page, page.getByRole('button', { name: 'Move title up' }));
  await expect.poll(order).toEqual(['Move title up', 'Move code up']);

  await press(page, page.getByRole('button', { name: 'Move title', exact: true }), 'Space');
  const said = (words: string) => expect(page.getByRole('status').filter({ hasText: words })).toBeAttached();
  await said('over droppable area title');
  await page.keyboard.press('ArrowDown');
  await said('over droppable area code');
  await page.keyboard.press('Space');
  await expect.poll(order).toEqual(['Move code up', 'Move title up']);
});

const shown = [
  '/sign-in',
  '/sign-up',
  '/home',
  '/sources/new',
  '/exports/new?dataset=keyed',
  '/settings/members',
];

test('whatever has the focus can be seen to have it', async ({ page, browser }) => {
  const signedOut = await browser.newPage();
  await make(await newWorkspace(page, 'keys'), '/api/datasets', datasetNamed('keyed'));
  const unseen: string[] = [];
  for (const address of shown) {
    const visitor = address.startsWith('/sign') ? signedOut : page;
    await visitor.goto(address);
    await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible();
    await visitor.addStyleTag({ content: '* { transition: none !important }' });
    unseen.push(...(await unseenStops(visitor)).map((stop) => `${address}: ${stop}`));
  }
  expect(unseen).toEqual([]);
});

const LOOKED_AT_STOPS = 25;

/** The stops of the Tab key at which nothing changes about what has the focus, nor around it. */
async function unseenStops(page: Page): Promise<string[]> {
  const stops: string[] = [];
  for (let stop = 0; stop < LOOKED_AT_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement) || focused === document.body) return null;
      const look = () => {
        const parts = [focused, focused.parentElement, focused.nextElementSibling].filter(
          (part) => part !== null,
        );
        return parts
          .map((part) => {
            const { outline, boxShadow, borderColor, transform } = getComputedStyle(part);
            return [outline, boxShadow, borderColor, transform].join();
          })
          .join(';');
      };
      const withFocus = look();
      focused.blur();
      const without = look();
      focused.focus();
      return withFocus === without ? focused.outerHTML.slice(0, 200) : null;
    });
    if (unseen !== null) stops.push(unseen);
  }
  return stops;
}
