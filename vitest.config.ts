import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)),
      // `server-only` throws outside of a React server bundle; unit tests run the server rooms in plain Node.
      'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)),
    },
  },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['node_modules/**', '.next/**', '.stack/**'],
    // Gathering coverage out of child processes makes the whole run wait; out of threads it costs next to nothing.
    pool: 'threads',
    coverage: {
      provider: 'v8',
      include: ['lib/profile/**/*.ts'],
      exclude: ['**/*.fixture.ts'],
      reporter: ['text-summary'],
      // Each run has a folder of its own, since it empties it first.
      reportsDirectory: `.stack/coverage-${process.pid}`,
      // A rule that no test holds is a rule that Keycloak and the portal may disagree about.
      thresholds: { lines: 95, branches: 95, functions: 95, statements: 95 },
    },
  },
});
