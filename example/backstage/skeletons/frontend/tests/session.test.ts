import { http, HttpResponse } from 'msw';
import { User, UserManager } from 'oidc-client-ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSession, settings } from '../src/auth/session.ts';
import { CONFIG } from './support/render.tsx';
import { server } from './support/server.ts';

const ISSUER = CONFIG.issuer;
const ORIGIN = 'http://localhost:5173';

let left: URL | undefined;
let manager: UserManager;

beforeEach(() => {
  left = undefined;
  manager = new UserManager(settings(CONFIG, ORIGIN), {
    prepare: () =>
      Promise.resolve({
        navigate: ({ url }) => {
          left = new URL(url);
          return Promise.resolve({ url });
        },
        close: () => undefined,
      }),
    callback: () => Promise.resolve(),
  });
  server.use(
    http.get(`${ISSUER}/.well-known/openid-configuration`, () =>
      HttpResponse.json({
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/auth`,
        token_endpoint: `${ISSUER}/token`,
        end_session_endpoint: `${ISSUER}/logout`,
      }),
    ),
  );
});

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = Date.now() / 1000;
const claims = { iss: ISSUER, sub: 'grace', aud: CONFIG.clientId, iat: seconds, exp: seconds + 60 };
const tokens = {
  token_type: 'Bearer',
  access_token: 'new',
  expires_in: 3600,
  id_token: `${encoded({ alg: 'RS256' })}.${encoded(claims)}.signature`,
};

const signedIn = (expiresIn: number, refreshToken?: string) =>
  manager.storeUser(
    new User({
      access_token: 'old',
      token_type: 'Bearer',
      id_token: tokens.id_token,
      profile: { ...claims, name: 'Grace' },
      expires_at: Date.now() / 1000 + expiresIn,
      ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    }),
  );

describe('signing in', () => {
  it('asks for a code with PKCE, for the audience of the API', async () => {
    await createSession(manager).signIn('/notes');
    const query = Object.fromEntries(left?.searchParams ?? []);
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

  it('names the audience as a resource too, if it is a URI', () => {
    const { resource, extraTokenParams } = settings(
      { ...CONFIG, audience: 'https://api.test' },
      ORIGIN,
    );
    expect(resource).toBe('https://api.test');
    expect(extraTokenParams).toEqual({ resource: 'https://api.test' });
  });

  it.each([
    ['/notes?x=1#y', '/notes?x=1#y'],
    ['https://evil.test/', '/'],
    ['//evil.test/', '/'],
    ['/\\evil.test/', '/'],
  ])('returns to %s as %s: never to another site', async (wanted, expected) => {
    const session = createSession(manager);
    await session.signIn(wanted);
    const state = left?.searchParams.get('state') ?? '';
    server.use(http.post(`${ISSUER}/token`, () => HttpResponse.json(tokens)));
    const url = `${ORIGIN}/signin/callback?code=c&state=${state}`;
    expect(await session.finishSignIn(url)).toBe(expected);
  });
});

describe('signing out', () => {
  it('ends the session at the issuer, and leaves nothing in the tab', async () => {
    await signedIn(3600);
    sessionStorage.setItem('draft', 'mine');
    await createSession(manager).signOut();
    expect(left?.pathname).toBe('/logout');
    expect(left?.searchParams.get('id_token_hint')).toBe(tokens.id_token);
    expect(left?.searchParams.get('post_logout_redirect_uri')).toBe(`${ORIGIN}/`);
    expect(sessionStorage.getItem('draft')).toBeNull();
    expect(await createSession(manager).token()).toBeUndefined();
  });
});

describe('a failure', () => {
  it('is told with its reason', async () => {
    const session = createSession(manager);
    await session.signIn('/notes');
    const state = left?.searchParams.get('state') ?? '';
    const url = `${ORIGIN}/signin/callback?error=access_denied&state=${state}`;
    await expect(session.finishSignIn(url)).rejects.toThrow('Signing in failed: access_denied');
  });
});

describe('the token', () => {
  it('is absent when nobody is signed in', async () => {
    expect(await createSession(manager).token()).toBeUndefined();
  });

  it('is what the issuer gave, while it is valid', async () => {
    await signedIn(3600);
    const session = createSession(manager);
    expect(await session.token()).toBe('old');
    expect(await session.name()).toBe('Grace');
  });

  it('is gone when it has expired', async () => {
    await signedIn(-1);
    expect(await createSession(manager).token()).toBeUndefined();
  });

  it('is renewed once for all who ask, if the issuer gave a refresh token', async () => {
    await signedIn(5, 'refresh');
    let renewals = 0;
    server.use(
      http.post(`${ISSUER}/token`, () => {
        renewals += 1;
        return HttpResponse.json(tokens);
      }),
    );
    const session = createSession(manager);
    expect(await Promise.all([session.token(), session.token()])).toEqual(['new', 'new']);
    expect(renewals).toBe(1);
  });

  it('is gone if the issuer no longer renews it', async () => {
    await signedIn(-1, 'refresh');
    server.use(
      http.post(`${ISSUER}/token`, () =>
        HttpResponse.json({ error: 'invalid_grant' }, { status: 400 }),
      ),
    );
    expect(await createSession(manager).token()).toBeUndefined();
  });
});
