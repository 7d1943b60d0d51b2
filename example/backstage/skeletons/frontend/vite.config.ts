import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';
import { localOf } from './dev/ports.ts';
import { runtimeConfig } from './dev/runtime-config.ts';

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, import.meta.dirname, ['PUBLIC_', 'API_URL', 'DEV_PORTS']);
  const { port, api, issuer } = localOf(env);
  const server = { port, strictPort: true, proxy: { '/api': env.API_URL ?? api } };
  return {
    plugins: [react(), runtimeConfig({ PUBLIC_OIDC_ISSUER: issuer, ...env })],
    server,
    preview: server,
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
