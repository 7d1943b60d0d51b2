/** How the issuer of this machine is set: other values are for tests. */
export interface IssuerSettings {
  readonly url: string;
  /** Whom access tokens are for: OIDC_AUDIENCE of the API. */
  readonly audience: string;
  /** Where the frontend is. */
  readonly origins: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

export const issuerSettings = (env: Env): IssuerSettings => ({
  url: env.DEV_ISSUER ?? 'http://localhost:4000',
  audience: env.DEV_AUDIENCE ?? 'dev-api',
  origins: (env.DEV_ORIGINS ?? 'http://localhost:5173').split(' '),
});
