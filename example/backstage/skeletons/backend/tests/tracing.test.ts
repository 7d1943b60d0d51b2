import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startIssuer, type FakeIssuer } from './support/issuer.ts';
import { startServer, statusOf } from './support/server.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;

let issuer: FakeIssuer;

beforeAll(async () => {
  issuer = await startIssuer();
});

afterAll(() => issuer.stop());

/** A collector: what it was sent, as text and ids in hexadecimal. */
async function startCollector() {
  const sent: Buffer[] = [];
  const server = createServer((req, res) => {
    void buffer(req).then((body) => {
      sent.push(body);
      res.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    has: (part: Buffer) => sent.some((body) => body.includes(part)),
    close: () => server.close(),
  };
}

it('a call is traced from the caller’s span to the database, and the log names the trace', async () => {
  const collector = await startCollector();
  const server = await startServer(issuer, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_SERVICE_NAME: 'traced-backend',
  });
  const headers = { traceparent: PARENT, authorization: `Bearer ${await issuer.token()}` };
  expect((await fetch(`${server.url}/api/me`, { headers })).status).toBe(200);
  await fetch(`${server.url}/api/notes`, { headers }); // example
  expect(await statusOf(`${server.url}/healthz`)).toBe(200);
  server.signal('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.output()).toMatch(new RegExp(`"traceId":"${TRACE}".*"path":"/api/me"`));

  expect(collector.has(Buffer.from(TRACE, 'hex'))).toBe(true);
  for (const name of ['traced-backend', '/api/me']) {
    expect(collector.has(Buffer.from(name)), name).toBe(true);
  }
  expect(collector.has(Buffer.from('pg.query'))).toBe(true); // example
  expect(collector.has(Buffer.from('/healthz'))).toBe(false);
  collector.close();
});

it('without an endpoint nothing is traced', async () => {
  const server = await startServer(issuer);
  await fetch(`${server.url}/api/me`, { headers: { traceparent: PARENT } });
  server.signal('SIGTERM');
  expect(await server.exit).toBe(0);
  expect(server.output()).not.toContain('traceId');
});
