import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './stack/chromium';

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { launchOptions: chromiumLaunch(), locale: 'en-GB', trace: 'off' },
});
