/** An OpenID provider that believes what people say. For this machine alone. */
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import {
  errors,
  Provider,
  type Configuration,
  type KoaContextWithOIDC,
  type ResourceServer,
} from 'oidc-provider';
import { signOutPage } from './pages.ts';
import type { IssuerSettings } from './settings.ts';
import { accountOf, claimsOf } from './users.ts';

const CLIENT = 'dev';
const HOUR = 3600;

export const createProvider = async (settings: IssuerSettings): Promise<Provider> =>
  new Provider(settings.url, {
    jwks: { keys: [await newKey()] },
    cookies: {
      keys: [randomBytes(32).toString('hex')],
      // Browsers send cookies to every port: without names of their own, two apps would end each other's sessions.
      names: { session: `_session_${new URL(settings.url).port}` },
    },
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        redirect_uris: settings.origins.map((origin) => `${origin}/signin/callback`),
        post_logout_redirect_uris: settings.origins.map((origin) => `${origin}/`),
      },
    ],
    clientBasedCORS: (_ctx, origin) => settings.origins.includes(origin),
    pkce: { required: () => true },
    scopes: ['openid', 'profile'],
    claims: { profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => accountOf(id),
    extraTokenClaims: (_ctx, token) =>
      'accountId' in token ? { ...claimsOf(token.accountId), sub: undefined } : undefined,
    interactions: { url: (_ctx, { uid }) => `/signin/${uid}` },
    loadExistingGrant,
    ttl: {
      AccessToken: HOUR,
      Grant: 24 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 24 * HOUR,
    },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: resourceIndicators(settings.audience),
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form);
        },
      },
    },
  });

/** A token for who calls the API without pages, by curl. */
export async function tokenFor(
  provider: Provider,
  accountId: string,
  audience: string,
): Promise<string> {
  const client = await provider.Client.find(CLIENT);
  if (!client) throw new Error(`there is no client ${CLIENT}`);
  const about = { client, accountId, grantId: randomBytes(16).toString('hex'), gty: 'development' };
  const identifier = () => resourceOf(audience);
  const resourceServer = { ...apiOf(audience), scopes: new Set<string>(), identifier };
  return new provider.AccessToken({ ...about, resourceServer }).save();
}

const newKey = async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    ...(await exportJWK(privateKey)),
    alg: 'RS256',
    use: 'sig',
    kid: randomBytes(8).toString('hex'),
  };
};

/** Makes access tokens JWTs for the API, whether a call names it as a resource or not. */
function resourceIndicators(
  audience: string,
): NonNullable<NonNullable<Configuration['features']>['resourceIndicators']> {
  const resource = resourceOf(audience);
  return {
    enabled: true,
    defaultResource: () => resource,
    useGrantedResource: () => true,
    getResourceServerInfo: (_ctx, asked) => {
      if (asked !== resource) throw new errors.InvalidTarget();
      return apiOf(audience);
    },
  };
}

/** Resources are URIs, which an audience need not be. */
const resourceOf = (audience: string): string =>
  URL.canParse(audience) ? audience : `urn:audience:${audience}`;

const apiOf = (audience: string): ResourceServer => ({
  audience,
  scope: '',
  accessTokenFormat: 'jwt',
  accessTokenTTL: HOUR,
});

/** Nobody is asked for consent. */
async function loadExistingGrant({ oidc }: KoaContextWithOIDC) {
  const { Grant } = oidc.provider;
  const grant = new Grant({ clientId: CLIENT, accountId: oidc.session?.accountId ?? '' });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}
