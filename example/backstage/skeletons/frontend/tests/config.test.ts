import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { loadConfig, parseConfig } from '../src/config.ts';
import { server } from './support/server.ts';

const FILE = {
  OIDC_ISSUER: 'https://id.test',
  OIDC_CLIENT_ID: 'dashboard',
  OIDC_AUDIENCE: 'dashboard-api',
  TITLE: 'Dashboard',
  DESCRIPTION: 'The numbers of today.',
};

describe('the configuration', () => {
  it('comes from /config.json', async () => {
    server.use(http.get('/config.json', () => HttpResponse.json(FILE)));
    expect(await loadConfig()).toEqual({
      issuer: 'https://id.test',
      clientId: 'dashboard',
      audience: 'dashboard-api',
      resource: undefined,
      scope: 'openid profile',
      title: 'Dashboard',
      description: 'The numbers of today.',
    });
  });

  it('is missed with a sentence', async () => {
    server.use(http.get('/config.json', () => new HttpResponse(null, { status: 404 })));
    await expect(loadConfig()).rejects.toThrow('/config.json answered 404');
  });

  it.each([
    [{ ...FILE, OIDC_ISSUER: 'id.test' }, 'OIDC_ISSUER must be a URL'],
    [{ ...FILE, OIDC_CLIENT_ID: '' }, 'PUBLIC_OIDC_CLIENT_ID is not set'],
    [
      {},
      'OIDC_ISSUER is not set; PUBLIC_OIDC_CLIENT_ID is not set; PUBLIC_OIDC_AUDIENCE is not set',
    ],
  ])('names what is wrong with it, once', (file, message) => {
    expect(() => parseConfig(file)).toThrow(new Error(message));
  });
});
