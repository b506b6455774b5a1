import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './stack/chromium';

export default defineConfig({
  testDir: 'e2e',
  // What is a unit test there (of the parity bench's own parts) is vitest's.
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  // Named plainly: what a portal answers depends on no machine.
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['./e2e/figures-reporter.ts']],
  use: { launchOptions: chromiumLaunch(), locale: 'en-GB', trace: 'off' },
});
