/** Serves /config.json to Vite's servers, as the container's entrypoint does in production. */
import type { Connect, Plugin } from 'vite';
import { policyOf } from './policy.ts';

const PREFIX = 'PUBLIC_';

/** @param nonce - of what Vite itself puts into the page while one develops */
export function runtimeConfig(env: Readonly<Record<string, string>>, nonce?: string): Plugin {
  const config = publicOf(env);
  const policy = policyOf(config.OIDC_ISSUER ?? '', env.CONNECT_SRC ?? '', nonce);
  const guard: Connect.NextHandleFunction = (_req, res, next) => {
    res.setHeader('Content-Security-Policy', policy);
    next();
  };
  const serve: Connect.NextHandleFunction = (_req, res) => {
    res.setHeader('Content-Type', 'application/json').setHeader('Cache-Control', 'no-store');
    res.end(JSON.stringify(config));
  };
  const use = ({ middlewares }: { readonly middlewares: Connect.Server }) => {
    middlewares.use(guard);
    middlewares.use('/config.json', serve);
  };
  return { name: 'runtime-config', configureServer: use, configurePreviewServer: use };
}

const publicOf = (env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env)
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, value]) => [name.slice(PREFIX.length), value]),
  );
