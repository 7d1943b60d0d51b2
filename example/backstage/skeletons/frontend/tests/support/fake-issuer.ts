/** An OpenID provider, as far as a session sees it. */
import { http, HttpResponse } from 'msw';
import { User, UserManager } from 'oidc-client-ts';
import { settings } from '../../src/auth/session.ts';
import { CONFIG } from './render.tsx';
import { server } from './server.ts';

export const ISSUER = CONFIG.issuer;
export const ORIGIN = 'http://localhost:5173';

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const now = Date.now() / 1000;
const CLAIMS = { iss: ISSUER, sub: 'grace', aud: CONFIG.clientId, iat: now, exp: now + 60 };

/** What its token endpoint may answer. */
export const TOKENS = {
  token_type: 'Bearer',
  access_token: 'new',
  expires_in: 3600,
  id_token: `${encoded({ alg: 'RS256' })}.${encoded(CLAIMS)}.signature`,
};

export interface FakeIssuer {
  readonly manager: UserManager;
  /** Where the page was sent. */
  readonly left: URL | undefined;
  /** Makes the tab one where Grace is signed in, for so many seconds more. */
  readonly signedIn: (seconds: number, refreshToken?: string) => Promise<void>;
}

export function fakeIssuer(): FakeIssuer {
  server.use(
    http.get(`${ISSUER}/.well-known/openid-configuration`, () => HttpResponse.json(METADATA)),
  );
  let left: URL | undefined;
  const navigate = ({ url }: { readonly url: string }) => {
    left = new URL(url);
    return Promise.resolve({ url });
  };
  const manager = new UserManager(settings(CONFIG, ORIGIN), {
    prepare: () => Promise.resolve({ navigate, close: () => undefined }),
    callback: () => Promise.resolve(),
  });
  return {
    manager,
    get left() {
      return left;
    },
    signedIn: (seconds, refreshToken) => manager.storeUser(userFor(seconds, refreshToken)),
  };
}

const METADATA = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/auth`,
  token_endpoint: `${ISSUER}/token`,
  end_session_endpoint: `${ISSUER}/logout`,
};

const userFor = (seconds: number, refreshToken: string | undefined): User =>
  new User({
    access_token: 'old',
    token_type: 'Bearer',
    id_token: TOKENS.id_token,
    profile: { ...CLAIMS, name: 'Grace' },
    expires_at: Date.now() / 1000 + seconds,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
  });
