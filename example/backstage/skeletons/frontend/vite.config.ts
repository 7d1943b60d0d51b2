import { randomBytes } from 'node:crypto';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { envOf } from './dev/env.ts';
import { localOf } from './dev/ports.ts';
import { runtimeConfig } from './dev/runtime-config.ts';

export default defineConfig(({ command, mode, isPreview }) => {
  const env = envOf(mode, import.meta.dirname);
  const { port, api, issuer } = localOf(env);
  const server = { port, strictPort: true, proxy: { '/api': env.API_URL ?? api } };
  const isDev = command === 'serve' && isPreview !== true;
  const nonce = isDev ? randomBytes(16).toString('base64url') : undefined;
  return {
    plugins: [react(), runtimeConfig({ PUBLIC_OIDC_ISSUER: issuer, ...env }, nonce)],
    ...(nonce !== undefined && { html: { cspNonce: nonce } }),
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
