import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { freePort } from '#supabase/local/ports.ts';
import { chromiumLaunch } from '#tests/support/chromium.ts';

// Whoever sets both has a stack running already, at that address and with that LOCAL_FOLDER. Otherwise they are
// chosen once: the workers read this file again, in the environment of the first process.
const isRunning = process.env.E2E_URL !== undefined;
const port = String(await freePort(3900));
process.env.E2E_URL ??= `http://localhost:${port}`;
process.env.E2E_FOLDER ??= `.local/e2e-${port}`;
const folder = process.env.E2E_FOLDER;

export default defineConfig({
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  forbidOnly: true,
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: {
    baseURL: process.env.E2E_URL,
    actionTimeout: 30_000,
    launchOptions: chromiumLaunch(),
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
  },
  // The whole local stack as a user starts it, beside the user's own and with nothing in it.
  ...(!isRunning && {
    webServer: {
      command: `rm -rf ${folder} && exec node supabase/local/up.ts`,
      cwd: join(import.meta.dirname, '../..'),
      env: { PORT: port, LOCAL_FOLDER: folder },
      url: `${process.env.E2E_URL}/api/health`,
      reuseExistingServer: false,
      timeout: 300_000,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    },
  }),
});
