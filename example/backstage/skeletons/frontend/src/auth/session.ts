/** Who is signed in. Tokens are kept for this tab alone, and gone with it. */
import {
  ErrorResponse,
  UserManager,
  WebStorageStateStore,
  type User,
  type UserManagerSettings,
} from 'oidc-client-ts';
import type { Config } from '../config.ts';
import { tellSignedOut } from './elsewhere.ts';

export const CALLBACK = '/signin/callback';

export interface Session {
  /** The name of who is signed in. */
  name(): Promise<string | undefined>;
  /** A valid access token, renewed if the issuer allows it. */
  token(): Promise<string | undefined>;
  /** Whether the user signed in within the last minute: nothing of it can have ended. */
  isNew(): boolean;
  /** Leaves for the issuer, which sends the user back to `returnTo`. */
  signIn(returnTo: string): Promise<void>;
  /** Ends what `signIn` began, on the page that the issuer came back to. Resolves to `returnTo`.
   * It works once: whoever comes back to that page has a session already, or begins anew. */
  finishSignIn(url: string): Promise<string>;
  /** Forgets everything that this tab and others keep, and ends the session at the issuer. */
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
    isNew: () => Date.now() - Number(sessionStorage.getItem(SIGNED_IN_AT)) < NEW_FOR,
    finishSignIn: async (url) => {
      const { state } = await told(manager.signinRedirectCallback(url));
      sessionStorage.setItem(SIGNED_IN_AT, String(Date.now()));
      return pathOf(state);
    },
    signOut: async () => {
      const user = await manager.getUser();
      sessionStorage.clear();
      tellSignedOut();
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

/** Some issuers want it as `audience`, some as RFC 8707's `resource`, and Entra ID refuses that one. */
const audienceOf = ({ audience, resource }: Config): Partial<UserManagerSettings> => ({
  extraQueryParams: { audience },
  ...(resource !== undefined && { resource, extraTokenParams: { resource } }),
});

const told = <T>(signingIn: Promise<T>): Promise<T> =>
  signingIn.catch((cause: unknown) => {
    throw new Error(`Signing in failed: ${reasonOf(cause)}`, { cause });
  });

/** What people can do something about, in words. */
function reasonOf(cause: unknown): string {
  if (cause instanceof ErrorResponse) {
    if (cause.error === 'access_denied') return 'the provider says that you may not use this app';
    return `the provider says ${cause.error_description ?? cause.error ?? 'no'}`;
  }
  if (cause instanceof TypeError) return 'the provider can’t be reached';
  const message = cause instanceof Error ? cause.message : String(cause);
  // By a bookmark, say: people keep the address of the page where they sign in.
  return /\bstate\b/.test(message) ? 'it wasn’t begun in this tab, or too long ago' : message;
}

const SECONDS_LEFT = 10;
const NEW_FOR = 60_000;
const SIGNED_IN_AT = 'signed-in-at';

const isStale = (user: User): boolean => (user.expires_in ?? Infinity) < SECONDS_LEFT;

const nameOf = (user: User | null): string | undefined =>
  user === null
    ? undefined
    : (user.profile.name ?? user.profile.preferred_username ?? user.profile.sub);

/** Only a path of this app, whatever the state says. */
const pathOf = (state: unknown): string =>
  typeof state === 'string' && /^\/(?![/\\])/.test(state) ? state : '/';
