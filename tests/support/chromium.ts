import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

/** How a browser is started: Debian's Chromium where it is installed, else the one that Playwright brings. */
export function chromiumLaunch(): LaunchOptions {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
  return {
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  };
}
