import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { AUDIENCE, startIssuer, type FakeIssuer } from './support/issuer.ts';
import { freePort, run } from './support/process.ts';

const MAIN = 'src/main.ts';
const MIGRATE = 'src/migrate.ts';

let issuer: FakeIssuer;

beforeAll(async () => {
  issuer = await startIssuer();
});

afterAll(() => issuer.stop());

async function start(env: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const server = run(MAIN, {
    PORT: String(port),
    METRICS_PORT: String(await freePort()),
    DATABASE_URL: inject('databaseUrl'),
    DATABASE_POOL_SIZE: '2',
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    SHUTDOWN_DELAY_SECONDS: '1',
    ...env,
  });
  await server.until('listening');
  return { ...server, port, url: `http://127.0.0.1:${port}` };
}

/** A call in flight: all of it but the last byte of its body. */
async function startCall(port: number): Promise<{ socket: Socket; finish: () => Promise<string> }> {
  const body = JSON.stringify({ text: 'in flight' });
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const head = [
    'POST /api/notes HTTP/1.1',
    'Host: test',
    `Authorization: Bearer ${await issuer.token()}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, -1)}`);
  return {
    socket,
    finish: async () => {
      socket.write('}');
      const [answer] = (await once(socket, 'data')) as [Buffer];
      return answer.toString();
    },
  };
}

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status;

describe('the server', () => {
  it('ends in the order that Kubernetes needs', async () => {
    const server = await start();
    expect(await statusOf(`${server.url}/readyz`)).toBe(200);
    const call = await startCall(server.port);
    const agent = new Agent({ keepAlive: true });
    const kept = request(`${server.url}/healthz`, { agent }).end();
    const [response] = (await once(kept, 'response')) as [NodeJS.ReadableStream];
    response.resume();

    server.signal('SIGTERM');
    await server.until('stopping');
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'draining' });
    expect(await statusOf(`${server.url}/healthz`)).toBe(200);
    expect(ready.headers.get('connection')).toBe('close');

    await expect
      .poll(() => statusOf(`${server.url}/healthz`).catch(() => 'closed'), { timeout: 5000 })
      .toBe('closed');
    expect(await call.finish()).toMatch(/^HTTP\/1.1 201 Created/);
    expect(await server.exit).toBe(0);
    expect(server.output()).toMatch(/"stopped"\}\n$/);
    agent.destroy();
  });

  it('ends at once at the second signal', async () => {
    const server = await start({ SHUTDOWN_DELAY_SECONDS: '60' });
    server.signal('SIGTERM');
    await server.until('stopping');
    server.signal('SIGTERM');
    expect(await server.exit).toBe(1);
  });

  it('cuts off calls that take too long, and says so', async () => {
    const server = await start({ SHUTDOWN_DELAY_SECONDS: '0', SHUTDOWN_TIMEOUT_SECONDS: '1' });
    const { socket } = await startCall(server.port);
    socket.on('error', () => undefined);
    server.signal('SIGINT');
    expect(await server.exit).toBe(1);
    expect(server.output()).toContain('cut off calls that took more than 1 s');
  });

  it('refuses a wrong configuration with sentences alone', async () => {
    const server = run(MAIN, { PORT: 'x', DATABASE_URL: inject('databaseUrl') });
    expect(await server.exit).toBe(1);
    expect(server.output().trim().split('\n')).toEqual([
      'PORT must be a whole number from 1 to 65535',
      'OIDC_ISSUER is not set: it must be the URL of your OpenID provider',
      'OIDC_AUDIENCE is not set: it must be what the provider calls this API',
    ]);
  });

  it('says so if its port is taken', async () => {
    const { port, signal } = await start({ SHUTDOWN_DELAY_SECONDS: '0' });
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
      SHUTDOWN_DELAY_SECONDS: '0',
    });
    expect(await statusOf(`${server.url}/healthz`)).toBe(200);
    const asked = performance.now();
    expect(await statusOf(`${server.url}/readyz`)).toBe(503);
    expect(performance.now() - asked).toBeLessThan(3_000);
    server.signal('SIGTERM');
    expect(await server.exit).toBe(0);
    silent.close();
  });

  it('migrations end with a sentence', async () => {
    const env = { DATABASE_URL: 'postgresql://a:secret@127.0.0.1:1/b', DATABASE_WAIT_SECONDS: '1' };
    const migrations = run(MIGRATE, env);
    expect(await migrations.exit).toBe(1);
    expect(migrations.output()).toContain('waiting: the database can’t be used');
    expect(migrations.output()).toContain(
      '"the database was not migrated: the database can’t be used: nothing listens at 127.0.0.1:1, after 1 s"',
    );
    expect(migrations.output()).not.toMatch(/secret|at .*\.ts:/);
  });
});

describe('migrations', () => {
  it('have nothing to do the second time, and exit 0', async () => {
    const migrations = run(MIGRATE, { DATABASE_URL: inject('databaseUrl') });
    expect(await migrations.exit).toBe(0);
    expect(migrations.output()).toContain('nothing to migrate');
  });
});
