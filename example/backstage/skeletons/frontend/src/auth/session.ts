/** Who is signed in. Tokens are kept for this tab alone, and gone with it. */
import {
  UserManager,
  WebStorageStateStore,
  type User,
  type UserManagerSettings,
} from 'oidc-client-ts';
import type { Config } from '../config.ts';

export const CALLBACK = '/signin/callback';

export interface Session {
  /** The name of who is signed in. */
  name(): Promise<string | undefined>;
  /** A valid access token, renewed if the issuer allows it. */
  token(): Promise<string | undefined>;
  /** Leaves for the issuer, which sends the user back to `returnTo`. */
  signIn(returnTo: string): Promise<void>;
  /** Ends what `signIn` began, on the page that the issuer came back to. Resolves to `returnTo`. */
  finishSignIn(url: string): Promise<string>;
  /** Forgets everything that this tab keeps, and ends the session at the issuer. */
  signOut(): Promise<void>;
}

export function createSession(manager: UserManager): Session {
  let renewal: Promise<User | null> | undefined;

  /** Once for all who ask meanwhile: a refresh token may work only once. */
  const renewed = () =>
    (renewal ??= manager
      .signinSilent()
      .catch(() => null)
      .finally(() => {
        renewal = undefined;
      }));

  const valid = async (): Promise<User | null> => {
    const user = await manager.getUser();
    if (user === null || !isStale(user)) return user;
    return user.refresh_token === undefined ? null : renewed();
  };

  return {
    name: async () => nameOf(await valid()),
    token: async () => (await valid())?.access_token,
    signIn: (returnTo) => told(manager.signinRedirect({ state: returnTo })),
    finishSignIn: async (url) => pathOf((await told(manager.signinRedirectCallback(url))).state),
    signOut: async () => {
      const user = await manager.getUser();
      sessionStorage.clear();
      await manager.signoutRedirect(
        user?.id_token === undefined ? {} : { id_token_hint: user.id_token },
      );
    },
  };
}

export function settings(config: Config, origin: string): UserManagerSettings {
  const store = new WebStorageStateStore({ store: sessionStorage });
  return {
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: `${origin}${CALLBACK}`,
    post_logout_redirect_uri: `${origin}/`,
    scope: config.scope,
    ...audienceOf(config),
    userStore: store,
    stateStore: store,
    automaticSilentRenew: false,
  };
}

/** Issuers know it as `audience` or, if it's a URI, as RFC 8707's `resource`. */
const audienceOf = ({ audience }: Config): Partial<UserManagerSettings> => ({
  extraQueryParams: { audience },
  ...(URL.canParse(audience) && { resource: audience, extraTokenParams: { resource: audience } }),
});

const told = <T>(signingIn: Promise<T>): Promise<T> =>
  signingIn.catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Signing in failed: ${why}`, { cause });
  });

const SECONDS_LEFT = 10;

const isStale = (user: User): boolean => (user.expires_in ?? Infinity) < SECONDS_LEFT;

const nameOf = (user: User | null): string | undefined =>
  user === null
    ? undefined
    : (user.profile.name ?? user.profile.preferred_username ?? user.profile.sub);

/** Only a path of this app, whatever the state says. */
const pathOf = (state: unknown): string =>
  typeof state === 'string' && /^\/(?![/\\])/.test(state) ? state : '/';
