import { randomUUID } from 'node:crypto';
import { type Browser, expect, type Page } from '@playwright/test';

/** Somebody who can sign in. */
export interface Person {
  readonly email: string;
  readonly password: string;
}

/** Somebody of whom nobody has heard yet. */
export function newPerson(name: string): Person {
  return { email: `${name}-${randomUUID().slice(0, 8)}@example.com`, password: randomUUID() };
}

/** A page of a browser in which nobody has been. */
export async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

/** Signs up in the browser, and comes to the home page of a workspace of one's own. */
export async function signUp(page: Page, name: string): Promise<Person> {
  const person = newPerson(name);
  await page.goto('/sign-up');
  await enter(page, person, 'Sign up');
  return person;
}

async function enter(page: Page, { email, password }: Person, button: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL('**/home');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}
