import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { freePort } from '#supabase/local/ports.ts';
import { chromiumLaunch } from '#tests/support/chromium.ts';

// Chosen once: the workers read this file again, in the environment of the first process.
process.env.E2E_PORT ??= String(await freePort(3900));
const port = process.env.E2E_PORT;
const folder = `.local/e2e-${port}`;

export default defineConfig({
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  forbidOnly: true,
  workers: 1,
  timeout: 60_000,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: chromiumLaunch(),
  },
  // The whole local stack as a user starts it, beside the user's own and with nothing in it.
  webServer: {
    command: `rm -rf ${folder} && exec node supabase/local/up.ts`,
    cwd: join(import.meta.dirname, '../..'),
    env: { PORT: port, LOCAL_FOLDER: folder },
    url: `http://localhost:${port}/api/health`,
    reuseExistingServer: false,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
  },
});
