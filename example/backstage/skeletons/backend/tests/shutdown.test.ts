import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssuer, type FakeIssuer } from './support/issuer.ts';
import { startServer, statusOf } from './support/server.ts';

let issuer: FakeIssuer;

beforeAll(async () => {
  issuer = await startIssuer();
});

afterAll(() => issuer.stop());

const start = (env: Readonly<Record<string, string>> = {}) => startServer(issuer, env);

/** A call in flight: all of it but the last byte of its body. */
async function startCall(port: number): Promise<{ socket: Socket; finish: () => Promise<string> }> {
  const body = '{}';
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const head = [
    'POST /api/nothing HTTP/1.1',
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

describe('the server', () => {
  it('ends in the order that Kubernetes needs', async () => {
    const server = await start({ SHUTDOWN_DELAY_SECONDS: '1' });
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
    expect(await call.finish()).toMatch(/^HTTP\/1.1 404 .*there is nothing at/s);
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
    const server = await start({ SHUTDOWN_TIMEOUT_SECONDS: '1' });
    const { socket } = await startCall(server.port);
    socket.on('error', () => undefined);
    server.signal('SIGINT');
    expect(await server.exit).toBe(1);
    expect(server.output()).toContain('cut off calls that took more than 1 s');
  });
});
