import type { Page } from '@playwright/test';
import { type Client, clientOf } from '#tests/api/client.ts';
import { signUp } from './people.ts';

/** Signs up in the browser, and answers a client of the API that acts in the new workspace. */
export async function newWorkspace(page: Page, name: string): Promise<Client> {
  await signUp(page, name);
  const made = await page.request.post('/api/api-keys', { data: { name: 'Test', scope: 'admin' } });
  return clientOf(process.env.E2E_URL ?? '', (await made.json()).key);
}
