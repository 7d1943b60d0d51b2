import { beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api } from './support/api.ts';

let api: Api;
let token: string;

beforeAll(async () => {
  api = await startApi();
  token = await api.issuer.token();
});

describe('a request id', () => {
  it.each(['abc-123', '7f3a.b_c:1', 'x'.repeat(64)])('of the caller is kept: %s', async (id) => {
    const headers = { 'X-Request-Id': id };
    const answer = await api.call('get', '/api/nothing', { token, headers });
    expect(answer.headers['x-request-id']).toBe(id);
    expect(answer.body).toMatchObject({ requestId: id });
  });

  it.each(['', 'a b', '"}{"', 'x'.repeat(65)])('like %j is replaced', async (id) => {
    const { headers } = await api.call('get', '/healthz', { headers: { 'X-Request-Id': id } });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a problem', () => {
  const POST = { body: '{"text": "my secret', headers: { 'Content-Type': 'application/json' } };
  const LARGE = { body: { text: 'x'.repeat(200_000) } };

  it.each([
    ['get', '/api/nothing', {}, 404, 'there is nothing at /api/nothing'],
    ['get', '/nothing', {}, 404, 'there is nothing at /nothing'],
    ['put', '/api/me', {}, 405, 'PUT is not possible here'],
    ['post', '/api/nothing', POST, 400, 'the body is not valid JSON'],
    ['post', '/api/nothing', LARGE, 413, 'the body is too large: at most 100 KiB are taken'],
  ] as const)('answers %s %s %j with %i', async (method, path, call, status, detail) => {
    const answer = await api.call(method, path, { token, ...call });
    expect(answer.status).toBe(status);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: expect.any(String) as string,
      status,
      detail,
      requestId: answer.headers['x-request-id'],
    });
  });

  it('with a method names those that are possible', async () => {
    const { headers } = await api.call('put', '/api/me', { token });
    expect(headers.allow).toBe('GET');
  });
});

describe('the rate limit', () => {
  it('counts each user, and each address without one', async () => {
    const limited = await startApi({ RATE_LIMIT: '2' });
    const [ada, grace] = await Promise.all(
      ['ada', 'grace'].map((sub) => limited.issuer.token({ sub })),
    );
    const ask = async (asker: string | undefined, from = '192.0.2.1') => {
      const headers = { 'X-Forwarded-For': from };
      return limited.call('get', '/api/me', { token: asker, headers });
    };
    expect((await ask(ada)).headers.ratelimit).toMatch(/r=1/);
    expect((await ask(ada)).status).toBe(200);
    const refused = await ask(ada, '192.0.2.9');
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ title: 'Too Many Requests' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(grace)).status).toBe(200);

    for (const status of [401, 401, 429]) expect((await ask(undefined)).status).toBe(status);
    expect((await ask(undefined, '192.0.2.2')).status).toBe(401);
    expect((await ask(undefined, '192.0.2.3, 192.0.2.2')).status).toBe(401);
    expect((await ask(undefined, '192.0.2.4, 192.0.2.2')).status).toBe(429);
    expect((await limited.call('get', '/healthz')).status).toBe(200);
  });
});

describe('answers', () => {
  it('are not to be kept, shown as pages, or guessed at', async () => {
    const { headers } = await api.call('get', '/api/me', { token });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });
});
