import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { defineConfig } from '@playwright/test';

/** The first Chromium on the path. */
function chromium(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error('The journeys need Chromium: install it, or set MILLRACE_CHROMIUM to its path.');
  }
  return found;
}

/**
 * The journeys run against an assembled distribution that is up: MILLRACE_URL is its address, MILLRACE_TOKEN
 * the token of a user who may do everything, MILLRACE_CHROMIUM the browser (by default the one on the path; none is ever
 * downloaded).
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'target/e2e',
  // One local stack with a few slots: one journey at a time.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    baseURL: process.env.MILLRACE_URL ?? 'http://127.0.0.1:8080',
    locale: 'en-US',
    // What fades in is see-through for a moment, and has no contrast then.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.MILLRACE_CHROMIUM ?? chromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
