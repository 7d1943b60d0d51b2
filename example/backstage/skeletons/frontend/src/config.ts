/** What differs between environments. The container makes /config.json of its PUBLIC_* variables. */
import * as v from 'valibot';

const required = (name: string) => {
  const message = `PUBLIC_${name} is not set`;
  return v.pipe(v.optional(v.string(message), ''), v.nonEmpty(message));
};

const ConfigFile = v.object({
  OIDC_ISSUER: v.pipe(required('OIDC_ISSUER'), v.url('PUBLIC_OIDC_ISSUER must be a URL')),
  OIDC_CLIENT_ID: required('OIDC_CLIENT_ID'),
  OIDC_AUDIENCE: required('OIDC_AUDIENCE'),
  OIDC_SCOPE: v.optional(v.string(), 'openid profile'),
  TITLE: v.optional(v.string(), 'Notes'),
});

export interface Config {
  readonly issuer: string;
  readonly clientId: string;
  /** Who access tokens are for: the API. */
  readonly audience: string;
  readonly scope: string;
  /** What the app calls itself. */
  readonly title: string;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  return parseConfig(await response.json());
}

/** @throws {Error} which names each variable that is wrong */
export function parseConfig(file: unknown): Config {
  const result = v.safeParse(ConfigFile, file, { abortPipeEarly: true });
  if (!result.success) throw new Error(result.issues.map(({ message }) => message).join('; '));
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_AUDIENCE, OIDC_SCOPE, TITLE } = result.output;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    audience: OIDC_AUDIENCE,
    scope: OIDC_SCOPE,
    title: TITLE,
  };
}
