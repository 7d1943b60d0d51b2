import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startIssuer, type FakeIssuer } from './support/issuer.ts';
import { run } from './support/process.ts';
import { startServer, statusOf } from './support/server.ts';

let issuer: FakeIssuer;

beforeAll(async () => {
  issuer = await startIssuer();
});

afterAll(() => issuer.stop());

const start = (env: Readonly<Record<string, string>> = {}) => startServer(issuer, env);

describe('the server', () => {
  it('refuses a wrong configuration with sentences alone', async () => {
    const server = run('src/main.ts', { PORT: 'x', DATABASE_URL: inject('databaseUrl') });
    expect(await server.exit).toBe(1);
    expect(server.output().trim().split('\n')).toEqual([
      'PORT must be a whole number from 1 to 65535',
      'OIDC_ISSUER is not set: it must be the URL of your OpenID provider',
      'OIDC_AUDIENCE is not set: it must be what the provider calls this API',
    ]);
  });

  it('says so if its port is taken', async () => {
    const { port, signal } = await start();
    await expect(start({ PORT: String(port) })).rejects.toThrow(
      `PORT: can’t listen on ${port}: EADDRINUSE`,
    );
    signal('SIGTERM');
  });
});

describe('without a database', () => {
  it('the server lives, but is not ready', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const server = await start({
      DATABASE_URL: `postgresql://a@127.0.0.1:${port}/b`,
    });
    expect(await statusOf(`${server.url}/healthz`)).toBe(200);
    const asked = performance.now();
    expect(await statusOf(`${server.url}/readyz`)).toBe(503);
    expect(performance.now() - asked).toBeLessThan(4_500);
    server.signal('SIGTERM');
    expect(await server.exit).toBe(0);
    silent.close();
  });

  it('migrations end with a sentence', async () => {
    const env = { DATABASE_URL: 'postgresql://a:secret@127.0.0.1:1/b', DATABASE_WAIT_SECONDS: '1' };
    const migrations = run('src/migrate.ts', env);
    expect(await migrations.exit).toBe(1);
    expect(migrations.output()).toContain('waiting: the database can’t be used');
    expect(migrations.output()).toContain(
      '"the database was not migrated: the database can’t be used: nothing listens at 127.0.0.1:1, after 1 s"',
    );
    expect(migrations.output()).not.toMatch(/secret|at .*\.ts:/);
  });
});
