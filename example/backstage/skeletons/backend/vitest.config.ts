import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'tests/support/database.ts',
    setupFiles: 'tests/support/setup.ts',
    // No file changes what another one would see, and to load everything again takes its time.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
