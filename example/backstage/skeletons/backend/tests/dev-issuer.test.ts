import { afterEach, describe, expect, it } from 'vitest';
import { startIssuer, type Issuer } from '../dev/issuer/server.ts';
import { issuerSettings } from '../dev/issuer/settings.ts';
import { startApi } from './support/api.ts';
import { signIn } from './support/code-flow.ts';
import { freePort } from './support/process.ts';

let issuer: Issuer;

afterEach(() => issuer.stop());

async function start(env: Readonly<Record<string, string>> = {}) {
  const settings = issuerSettings({ DEV_ISSUER: `http://localhost:${await freePort()}`, ...env });
  issuer = await startIssuer(settings);
  const api = await startApi({ OIDC_ISSUER: settings.url, OIDC_AUDIENCE: settings.audience });
  const me = async (token: string) => (await api.call('get', '/api/me', { token })).body;
  return { ...settings, me };
}

describe('the issuer for development', () => {
  it('signs in Ada and Grace for the API, as the frontend asks', async () => {
    const { url, me } = await start();
    const ada = await signIn(url, 'ada', { audience: 'dev-api' });
    expect(await me(ada.access_token)).toEqual({ subject: 'ada', name: 'Ada', roles: ['admin'] });
    expect(ada.allowedOrigin).toBe('http://localhost:5173');
    const grace = await signIn(url, 'grace');
    expect(await me(grace.access_token)).toEqual({ subject: 'grace', name: 'Grace', roles: [] });
  });

  it('takes an audience that is a URL, named as a resource', async () => {
    const audience = 'https://api.test';
    const { url, me } = await start({ DEV_AUDIENCE: audience });
    const { access_token } = await signIn(url, 'ada', { audience, resource: audience });
    expect(await me(access_token)).toMatchObject({ subject: 'ada' });
    await expect(signIn(url, 'ada', { resource: 'https://other.test' })).rejects.toThrow();
  });

  it('goes back to no origin but the frontend’s', async () => {
    const { url } = await start({ DEV_ORIGINS: 'https://a.test https://b.test' });
    await expect(signIn(url, 'ada')).rejects.toThrow('redirect_uri');
  });

  it('insists on PKCE', async () => {
    const { url } = await start();
    await expect(signIn(url, 'ada', { code_challenge: '' })).rejects.toThrow();
  });

  it('ends its session, and sends people back', async () => {
    const { url } = await start();
    const { id_token, browse } = await signIn(url, 'ada');
    const query = new URLSearchParams({
      id_token_hint: id_token,
      post_logout_redirect_uri: 'http://localhost:5173/',
    });
    const page = await (await browse(`${url}/session/end?${query.toString()}`)).text();
    const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? '';
    const body = new URLSearchParams({ xsrf, logout: 'yes' });
    const done = await browse(`${url}/session/end/confirm`, { method: 'POST', body });
    expect(done.headers.get('location')).toBe('http://localhost:5173/');
  });
});
