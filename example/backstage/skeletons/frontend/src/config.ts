/** What differs between environments. The container makes /config.json of its variables. */
import * as v from 'valibot';

const required = (name: string) => {
  const message = `${name} is not set`;
  return v.pipe(v.optional(v.string(message), ''), v.nonEmpty(message));
};

const ConfigFile = v.object({
  OIDC_ISSUER: v.pipe(required('OIDC_ISSUER'), v.url('OIDC_ISSUER must be a URL')),
  OIDC_CLIENT_ID: required('PUBLIC_OIDC_CLIENT_ID'),
  OIDC_AUDIENCE: required('PUBLIC_OIDC_AUDIENCE'),
  OIDC_SCOPE: v.optional(v.string(), 'openid profile'),
  OIDC_RESOURCE: v.optional(v.string()),
  TITLE: v.optional(v.string(), 'App'),
  DESCRIPTION: v.optional(v.string(), 'Set PUBLIC_DESCRIPTION, to say what this app is for.'),
});

export interface Config {
  readonly issuer: string;
  readonly clientId: string;
  /** Who access tokens are for: the API. */
  readonly audience: string;
  /** The same as a URI, for providers that know RFC 8707. */
  readonly resource: string | undefined;
  readonly scope: string;
  /** What the app calls itself. */
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly description: string;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  return parseConfig(await response.json());
}

/** @throws {Error} which names each variable that is wrong */
export function parseConfig(content: unknown): Config {
  const result = v.safeParse(ConfigFile, content, { abortPipeEarly: true });
  if (!result.success) throw new Error(result.issues.map(({ message }) => message).join('; '));
  const file = result.output;
  return {
    issuer: file.OIDC_ISSUER,
    clientId: file.OIDC_CLIENT_ID,
    audience: file.OIDC_AUDIENCE,
    resource: file.OIDC_RESOURCE,
    scope: file.OIDC_SCOPE,
    title: file.TITLE,
    description: file.DESCRIPTION,
  };
}
