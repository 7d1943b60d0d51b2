import { portsOf } from '../ports.ts';

/** How the issuer of this machine is set: other values are for tests. */
export interface IssuerSettings {
  readonly url: string;
  /** Whom access tokens are for: OIDC_AUDIENCE of the API. */
  readonly audience: string;
  /** Where the frontend is. */
  readonly origins: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

export function issuerSettings(env: Env): IssuerSettings {
  const { issuer, frontend } = portsOf(env);
  return {
    url: env.DEV_ISSUER ?? `http://localhost:${String(issuer)}`,
    audience: env.DEV_AUDIENCE ?? 'dev-api',
    origins: (env.DEV_ORIGINS ?? `http://localhost:${String(frontend)}`).split(' '),
  };
}
