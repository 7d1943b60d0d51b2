import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type Api } from './support/api.ts';

let api: Api;
let token: string;

beforeAll(async () => {
  api = await startApi();
  token = await api.issuer.token();
});

const lines = ({ logged }: Api) =>
  logged()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('has a line for each request', async () => {
    const headers = { 'X-Request-Id': 'logged-1', 'X-Forwarded-For': '192.0.2.1' };
    await api.call('get', '/api/me?limit=1', { token, headers });
    await vi.waitFor(() => {
      expect(lines(api)).toContainEqual({
        level: 'info',
        time: expect.stringMatching(/Z$/) as string,
        requestId: 'logged-1',
        method: 'GET',
        path: '/api/me',
        status: 200,
        ms: expect.any(Number) as number,
        ip: '192.0.2.1',
        user: 'grace',
        msg: 'request',
      });
    });
  });

  it('has neither tokens, queries, bodies nor probes', async () => {
    const quiet = await startApi();
    const secret = await quiet.issuer.token();
    await quiet.call('post', '/api/me?code=query-secret', {
      token: secret,
      body: { text: 'body-secret' },
    });
    await quiet.call('post', '/api/me', {
      token: secret,
      body: { text: 'body-secret', x: '\0' },
    });
    await quiet.call('get', '/api/me', { token: `${secret}x` });
    await quiet.call('get', '/healthz');
    await quiet.call('get', '/readyz');
    await quiet.call('get', '/the-last');
    await vi.waitFor(() => {
      expect(quiet.logged()).toContain('/the-last');
    });
    for (const hidden of [
      secret.split('.')[2] ?? '',
      'Bearer',
      'query-secret',
      'body-secret',
      'z"',
    ]) {
      expect(quiet.logged()).not.toContain(hidden);
    }
  });
});

describe('metrics', () => {
  afterEach(() => {
    api.metrics.server.close();
  });

  it('are on a port of their own, by the pattern of the route', async () => {
    await api.call('get', '/api/me', { token });
    await api.call('get', '/api/wrong/4711', { token });
    expect((await api.call('get', '/metrics')).status).toBe(404);

    api.metrics.server.listen(0);
    await once(api.metrics.server, 'listening');
    const { port } = api.metrics.server.address() as AddressInfo;
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).toContain('_count{method="GET",route="/api/me",status="200"}');
    expect(text).toContain('_count{method="GET",route="none",status="404"}');
    expect(text).not.toContain('4711');
    expect(text).toMatch(/^db_pool_connections\{state="idle"\} \d/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });
});
