import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSession, settings } from '../src/auth/session.ts';
import { fakeIssuer, ISSUER, ORIGIN, TOKENS, type FakeIssuer } from './support/fake-issuer.ts';
import { CONFIG } from './support/render.tsx';
import { server } from './support/server.ts';

let issuer: FakeIssuer;

beforeEach(() => {
  issuer = fakeIssuer();
});

describe('signing in', () => {
  it('asks for a code with PKCE, for the audience of the API', async () => {
    await createSession(issuer.manager).signIn('/notes');
    const query = Object.fromEntries(issuer.left?.searchParams ?? []);
    expect(query).toMatchObject({
      client_id: 'notes',
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${ORIGIN}/signin/callback`,
      scope: 'openid profile',
      audience: 'notes-api',
    });
    expect(query).not.toHaveProperty('resource');
  });

  it('names a resource too, for a provider that wants it', () => {
    const config = { ...CONFIG, audience: 'https://api.test' };
    expect(settings(config, ORIGIN)).not.toHaveProperty('resource');
    const { resource, extraTokenParams } = settings({ ...config, resource: 'urn:api' }, ORIGIN);
    expect(resource).toBe('urn:api');
    expect(extraTokenParams).toEqual({ resource: 'urn:api' });
  });

  it.each([
    ['/notes?x=1#y', '/notes?x=1#y'],
    ['https://evil.test/', '/'],
    ['//evil.test/', '/'],
    ['/\\evil.test/', '/'],
  ])('returns to %s as %s: never to another site', async (wanted, expected) => {
    const session = createSession(issuer.manager);
    await session.signIn(wanted);
    const state = issuer.left?.searchParams.get('state') ?? '';
    server.use(http.post(`${ISSUER}/token`, () => HttpResponse.json(TOKENS)));
    const url = `${ORIGIN}/signin/callback?code=c&state=${state}`;
    expect(await session.finishSignIn(url)).toBe(expected);
  });
});

describe('signing out', () => {
  it('ends the session at the issuer, and leaves nothing in the tab', async () => {
    await issuer.signedIn(3600);
    sessionStorage.setItem('draft', 'mine');
    await createSession(issuer.manager).signOut();
    expect(issuer.left?.pathname).toBe('/logout');
    expect(issuer.left?.searchParams.get('id_token_hint')).toBe(TOKENS.id_token);
    expect(issuer.left?.searchParams.get('post_logout_redirect_uri')).toBe(`${ORIGIN}/`);
    expect(sessionStorage.getItem('draft')).toBeNull();
    expect(await createSession(issuer.manager).token()).toBeUndefined();
  });
});

describe('a failure', () => {
  it.each([
    ['error=access_denied', 'the provider says that you may not use this app'],
    ['error=x&error_description=Unknown+client', 'the provider says Unknown client'],
  ])('like %s is told with its reason', async (query, reason) => {
    const session = createSession(issuer.manager);
    await session.signIn('/notes');
    const state = issuer.left?.searchParams.get('state') ?? '';
    const url = `${ORIGIN}/signin/callback?${query}&state=${state}`;
    await expect(session.finishSignIn(url)).rejects.toThrow(`Signing in failed: ${reason}`);
  });

  it('of the network is told without a programmer’s words', async () => {
    server.use(http.get(`${ISSUER}/.well-known/openid-configuration`, () => HttpResponse.error()));
    await expect(createSession(issuer.manager).signIn('/')).rejects.toThrow(
      'Signing in failed: the provider can’t be reached',
    );
  });
});

describe('a session', () => {
  it('is new for a minute', async () => {
    const session = createSession(issuer.manager);
    expect(session.isNew()).toBe(false);
    await session.signIn('/notes');
    const state = issuer.left?.searchParams.get('state') ?? '';
    server.use(http.post(`${ISSUER}/token`, () => HttpResponse.json(TOKENS)));
    await session.finishSignIn(`${ORIGIN}/signin/callback?code=c&state=${state}`);
    expect(session.isNew()).toBe(true);
    vi.setSystemTime(Date.now() + 61_000);
    expect(session.isNew()).toBe(false);
    vi.useRealTimers();
  });
});

describe('the token', () => {
  it('is absent when nobody is signed in', async () => {
    expect(await createSession(issuer.manager).token()).toBeUndefined();
  });

  it('is what the issuer gave, while it is valid', async () => {
    await issuer.signedIn(3600);
    const session = createSession(issuer.manager);
    expect(await session.token()).toBe('old');
    expect(await session.name()).toBe('Grace');
  });

  it('is gone when it has expired', async () => {
    await issuer.signedIn(-1);
    expect(await createSession(issuer.manager).token()).toBeUndefined();
  });

  it('is renewed once for all who ask, if the issuer gave a refresh token', async () => {
    await issuer.signedIn(5, 'refresh');
    let renewals = 0;
    server.use(
      http.post(`${ISSUER}/token`, () => {
        renewals += 1;
        return HttpResponse.json(TOKENS);
      }),
    );
    const session = createSession(issuer.manager);
    expect(await Promise.all([session.token(), session.token()])).toEqual(['new', 'new']);
    expect(renewals).toBe(1);
  });

  it('is gone if the issuer no longer renews it', async () => {
    await issuer.signedIn(-1, 'refresh');
    server.use(
      http.post(`${ISSUER}/token`, () =>
        HttpResponse.json({ error: 'invalid_grant' }, { status: 400 }),
      ),
    );
    expect(await createSession(issuer.manager).token()).toBeUndefined();
  });
});
