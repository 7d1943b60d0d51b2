/** Serves /config.json to Vite's servers, as the container's entrypoint does in production. */
import type { Connect, Plugin } from 'vite';

const PREFIX = 'PUBLIC_';

export function runtimeConfig(env: Readonly<Record<string, string>>): Plugin {
  const body = JSON.stringify(publicOf(env));
  const serve: Connect.NextHandleFunction = (_req, res) => {
    res.setHeader('Content-Type', 'application/json').setHeader('Cache-Control', 'no-store');
    res.end(body);
  };
  return {
    name: 'runtime-config',
    configureServer({ middlewares }) {
      middlewares.use('/config.json', serve);
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use('/config.json', serve);
    },
  };
}

const publicOf = (env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env)
      .filter(([name]) => name.startsWith(PREFIX))
      .map(([name, value]) => [name.slice(PREFIX.length), value]),
  );
