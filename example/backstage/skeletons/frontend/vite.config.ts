import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';
import { runtimeConfig } from './dev/runtime-config.ts';

/** The issuer knows this origin: on another port, signing in would fail. */
const ORIGIN = { port: 5173, strictPort: true };

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, import.meta.dirname, ['PUBLIC_', 'API_URL']);
  const proxy = { '/api': env.API_URL ?? 'http://localhost:3001' };
  return {
    plugins: [react(), runtimeConfig(env)],
    server: { ...ORIGIN, proxy },
    preview: { ...ORIGIN, proxy },
    // Inlined as data: URLs, small files would need a wider Content-Security-Policy.
    build: { assetsInlineLimit: 0 },
    test: {
      environment: 'jsdom',
      environmentOptions: { jsdom: { url: 'http://localhost:5173/' } },
      setupFiles: ['tests/support/setup.ts'],
      restoreMocks: true,
      testTimeout: 20_000,
    },
  };
});
