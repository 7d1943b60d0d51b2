import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type Api } from './support/api.ts';
import { AUDIENCE, claimsOf } from './support/issuer.ts';

const now = Math.floor(Date.now() / 1000);

const me = (api: Api, token?: string) => api.call('get', '/api/me', { token });

describe('a valid token', () => {
  it('says who calls, and which roles they have', async () => {
    const api = await startApi();
    const token = await api.issuer.token({ sub: 'u1', name: 'Ada', roles: ['admin', 7, ''] });
    expect((await me(api, token)).body).toEqual({ subject: 'u1', name: 'Ada', roles: ['admin'] });
  });

  it.each([
    [{ name: undefined, preferred_username: 'grace.h' }, 'grace.h'],
    [{ name: undefined, email: 'grace@acme.dev' }, 'grace@acme.dev'],
    [{ name: undefined }, 'grace'],
  ])('with %j calls people %s', async (claims, name) => {
    const api = await startApi();
    expect((await me(api, await api.issuer.token(claims))).body).toMatchObject({ name });
  });

  it('has the name in the claim of OIDC_NAME_CLAIM', async () => {
    const api = await startApi({ OIDC_NAME_CLAIM: 'https://acme.dev/name' });
    const token = await api.issuer.token({ 'https://acme.dev/name': 'Grace Hopper' });
    expect((await me(api, token)).body).toMatchObject({ name: 'Grace Hopper' });
  });

  it.each([
    ['at+jwt', { nonce: 'n' }],
    ['application/at+jwt', {}],
    ['JWT', { typ: 'Bearer' }],
    [undefined, {}],
  ])('may call itself %s, with %j', async (typ, claims) => {
    const api = await startApi();
    expect((await me(api, await api.issuer.token(claims, { typ }))).status).toBe(200);
  });

  it.each([
    ['realm_access.roles', { realm_access: { roles: ['a'] } }, ['a']],
    ['https://acme.dev/roles', { 'https://acme.dev/roles': ['a'] }, ['a']],
    ['scope', { scope: 'a b' }, ['a', 'b']],
    ['constructor.name', {}, []],
    ['roles', { roles: { admin: true } }, []],
  ])('has roles in the claim %s', async (claim, claims, roles) => {
    const api = await startApi({ OIDC_ROLES_CLAIM: claim });
    expect((await me(api, await api.issuer.token(claims))).body).toMatchObject({ roles });
  });

  it('may have just expired, for clocks differ', async () => {
    const api = await startApi();
    expect(
      (await me(api, await api.issuer.token({ exp: Math.floor(Date.now() / 1000) - 1 }))).status,
    ).toBe(200);
  });

  it('makes the API ask for the keys once', async () => {
    const api = await startApi();
    const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => api.issuer.token({ sub })));
    await Promise.all(tokens.map((token) => me(api, token)));
    await me(api, tokens[0]);
    expect(api.issuer.asked()).toBe(1);
  });
});

describe('a call is refused', () => {
  let api: Api;

  beforeAll(async () => {
    api = await startApi();
  });

  const refused = async (token: string | undefined, detail: string) => {
    const { status, body, headers } = await me(api, token);
    expect(status).toBe(401);
    expect(body).toMatchObject({ title: 'Unauthorized', detail });
    expect(headers['www-authenticate']).toMatch(/^Bearer/);
    expect((await api.call('get', '/api/nothing', { token })).status).toBe(401);
  };

  it('without a token', () => refused(undefined, 'the call has no bearer token'));

  it.each([
    [{ exp: now - 60 }, 'the token has expired'],
    [
      { aud: ['account', 'another-api'] },
      'the token is for account and another-api, and this API is test-api: the provider must add this audience to its access tokens',
    ],
    [
      { aud: undefined },
      'the token is for nobody, and this API is test-api: the provider must add this audience to its access tokens',
    ],
    [
      { iss: 'https://evil.test' },
      'the token is from https://evil.test, which is not the issuer that this API trusts',
    ],
    [{ typ: 'ID' }, 'the token is of the type "ID", and not an access token'],
    [{ nonce: 'n' }, 'the token is an ID token, and not an access token'],
    [{ at_hash: 'h' }, 'the token is an ID token, and not an access token'],
    [{ nbf: now + 60 }, 'the token is not for us: its claim nbf doesn’t fit'],
    [{ exp: undefined }, 'the token is not for us: its claim exp doesn’t fit'],
    [{ sub: undefined }, 'the token is not for us: its claim sub doesn’t fit'],
  ])('with the claims %j', async (claims, detail) => {
    await refused(await api.issuer.token(claims), detail);
  });

  it('with a token of another type', async () => {
    const token = await api.issuer.token({}, { typ: 'logout+jwt' });
    await refused(token, 'the token is of the type logout+jwt, and not an access token');
  });

  it('with the reason in the log', async () => {
    await me(api, await api.issuer.token({ aud: 'logged-api' }));
    await vi.waitFor(() => {
      expect(api.logged()).toMatch(/"status":401.*"refusal":"the token is for logged-api, and/);
    });
  });

  const NOT_VALID = 'the token is not valid';

  it('with a token that nobody signed', async () => {
    await refused(new UnsecuredJWT(claimsOf(api.issuer.url)).encode(), NOT_VALID);
  });

  it('with a token signed by a shared secret', async () => {
    const token = new SignJWT(claimsOf(api.issuer.url)).setProtectedHeader({
      alg: 'HS256',
      kid: 'key-1',
    });
    await refused(await token.sign(Buffer.alloc(32, AUDIENCE)), NOT_VALID);
  });

  it.each(['key-1', 'key-2'])('with a token signed by another key, called %s', async (kid) => {
    const { privateKey } = await generateKeyPair('ES256');
    const token = new SignJWT(claimsOf(api.issuer.url)).setProtectedHeader({ alg: 'ES256', kid });
    await refused(await token.sign(privateKey), NOT_VALID);
  });

  it('with a token that was changed', async () => {
    const [header = '', , signature = ''] = (await api.issuer.token()).split('.');
    const claims = Buffer.from(JSON.stringify({ ...claimsOf(api.issuer.url), sub: 'ada' }));
    await refused([header, claims.toString('base64url'), signature].join('.'), NOT_VALID);
  });

  it('with no token at all', () => refused('nonsense', NOT_VALID));
});

describe('an issuer that is down', () => {
  it('is not the caller’s fault, and may come back', async () => {
    const api = await startApi();
    const token = await api.issuer.token();
    api.issuer.broken = true;
    const { status, body, headers } = await me(api, token);
    expect(status).toBe(503);
    expect(body).toMatchObject({ detail: 'the OpenID provider can’t be reached' });
    expect(headers['retry-after']).toBe('5');
    api.issuer.broken = false;
    expect((await me(api, token)).status).toBe(200);
  });

  it('is not missed while its keys are known', async () => {
    const api = await startApi();
    const token = await api.issuer.token();
    await me(api, token);
    api.issuer.broken = true;
    expect((await me(api, token)).status).toBe(200);
  });

  it('tells us if it has another name than we thought', async () => {
    const api = await startApi();
    const other = await startApi({ OIDC_ISSUER: `${api.issuer.url}/` });
    expect((await me(other, await api.issuer.token())).status).toBe(503);
    expect(other.logged()).toContain(
      `OIDC_ISSUER must be as the issuer calls itself: ${api.issuer.url}`,
    );
  });
});
