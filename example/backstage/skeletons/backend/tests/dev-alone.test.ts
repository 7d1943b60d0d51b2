import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssuer, type Issuer } from '../dev/issuer/server.ts';
import { issuerSettings } from '../dev/issuer/settings.ts';
import { requireFree } from '../dev/ports.ts';
import { startApi } from './support/api.ts';
import { freePort } from './support/process.ts';

let issuer: Issuer;
let url: string;

beforeAll(async () => {
  url = `http://localhost:${await freePort()}`;
  issuer = await startIssuer(issuerSettings({ DEV_ISSUER: url, DEV_AUDIENCE: 'alone-api' }));
});

afterAll(() => issuer.stop());

describe('without pages', () => {
  it('anybody gets a token that the API takes', async () => {
    const api = await startApi({ OIDC_ISSUER: url, OIDC_AUDIENCE: 'alone-api' });
    const token = await (await fetch(`${url}/token/ada`)).text();
    const { body } = await api.call('get', '/api/me', { token });
    expect(body).toEqual({ subject: 'ada', name: 'Ada', roles: ['admin'] });
  });

  it('but not for what is no name', async () => {
    expect((await fetch(`${url}/token/%7Bada`)).status).toBe(404);
  });
});

describe('a port that is taken', () => {
  it('is told, with the way to start beside what runs there', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(requireFree(port)).rejects.toThrow(`port ${port}: does it run already?`);
    other.close();
    await once(other, 'close');
    await requireFree(port);
  });
});
