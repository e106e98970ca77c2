import { defineConfig } from '@playwright/test';

/**
 * The journeys run against an assembled distribution that is up: MILLRACE_URL is its address, MILLRACE_CHROMIUM the
 * browser (Debian's by default; no browser is ever downloaded).
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
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.MILLRACE_CHROMIUM ?? '/usr/bin/chromium',
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
