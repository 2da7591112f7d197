import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

const folder = join(import.meta.dirname, '../..', process.env.E2E_FOLDER ?? '.local', 'mail');

/** The link in the last mail to somebody, once it has come into the local stack's mailbox. */
export async function mailedLink(email: string, path: string): Promise<string> {
  const find = () => {
    const [last] = readdirSync(folder)
      .filter((name) => name.includes(email))
      .toSorted()
      .reverse();
    const html = last ? readFileSync(join(folder, last), 'utf8') : '';
    return html.match(new RegExp(`href="([^"]*${path}[^"]*)"`))?.[1] ?? '';
  };
  await expect.poll(find, { message: `a mail to ${email}` }).not.toBe('');
  return find().replaceAll('&amp;', '&');
}
