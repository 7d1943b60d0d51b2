import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { startApi } from './support/api.ts';

describe('a failure', () => {
  it('of our own is logged in full, and told without internals', async () => {
    const api = await startApi();
    vi.spyOn(api.database, 'query').mockRejectedValueOnce(new Error('relation "x" is missing'));
    const token = await api.issuer.token();
    const { status, body } = await api.call('get', '/api/notes', { token });
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('relation');
    expect(api.logged()).toContain(String.raw`relation \"x\" is missing`);
  });

  it.each([
    ['get', undefined],
    ['post', { text: 'in a transaction' }],
  ] as const)('of the database is told as such by %s', async (method, body) => {
    const down = await startApi({ DATABASE_URL: 'postgresql://u:pass-word@127.0.0.1:1/db' });
    const token = await down.issuer.token();
    const answer = await down.call(method, '/api/notes', { token, body });
    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({ detail: 'the database can’t be reached' });
    expect(down.logged()).toContain('ECONNREFUSED');
    expect(down.logged()).not.toContain('pass-word');
  });
});

describe('metrics', () => {
  it('are by the pattern of the route: an id would be a time series', async () => {
    const api = await startApi();
    await api.call('get', '/api/notes/4711', { token: await api.issuer.token() });
    api.metrics.server.listen(0);
    await once(api.metrics.server, 'listening');
    const { port } = api.metrics.server.address() as AddressInfo;
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    api.metrics.server.close();
    expect(text).toContain('_count{method="GET",route="/api/notes/:id",status="404"} 1');
    expect(text).not.toContain('4711');
  });
});
