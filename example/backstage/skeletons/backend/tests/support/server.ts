/** The server as a real process, with an issuer. */
import { inject } from 'vitest';
import { AUDIENCE, type FakeIssuer } from './issuer.ts';
import { freePort, run, type Running } from './process.ts';

export interface RunningServer extends Running {
  readonly port: number;
  readonly url: string;
}

export async function startServer(
  issuer: FakeIssuer,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const port = Number(env.PORT ?? (await freePort()));
  const server = run('src/main.ts', {
    PORT: String(port),
    METRICS_PORT: String(await freePort()),
    DATABASE_URL: inject('databaseUrl'),
    DATABASE_POOL_SIZE: '2',
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    SHUTDOWN_DELAY_SECONDS: '0',
    ...env,
  });
  await server.until('listening');
  return { ...server, port, url: `http://127.0.0.1:${port}` };
}

export const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;
