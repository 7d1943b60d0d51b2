/** What differs between environments, from environment variables. */
import { createEnv } from '@t3-oss/env-core';
import * as z from 'zod';
import { connectionOf, EXAMPLE, isThisMachine } from './db/connection.ts';

const whole = (min: number, max: number, fallback: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  const inRange = z.number().min(min, error).max(max, error);
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(inRange).default(fallback);
};

const required = (what: string) =>
  z.string(`is not set: it must be ${what}`).refine((value) => value.trim() === value, {
    error: 'must not begin or end with a space',
  });

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const COMMON = {
  LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
  DATABASE_URL: required(EXAMPLE),
  PGSSLMODE: z.string().optional(),
  PGSSLROOTCERT: z.string().optional(),
  DATABASE_POOL_SIZE: whole(1, 500, 10),
  DATABASE_TIMEOUT_SECONDS: whole(1, 3600, 10),
  DATABASE_WAIT_SECONDS: whole(0, 3600, 60),
};

const SERVER = {
  ...COMMON,
  PORT: whole(1, 65535, 3001),
  METRICS_PORT: whole(1, 65535, 9464),
  TRUST_PROXY: whole(0, 10, 1),
  RATE_LIMIT: whole(1, 1_000_000, 300),
  OIDC_ISSUER: required('the URL of your OpenID provider').refine(isIssuer, {
    error: 'must be an https URL such as https://id.example.com; http only on this machine',
  }),
  OIDC_AUDIENCE: required('what the provider calls this API'),
  OIDC_NAME_CLAIM: z.string().optional(),
  OIDC_ROLES_CLAIM: z.string().default('roles'),
  SHUTDOWN_DELAY_SECONDS: whole(0, 600, 5),
  SHUTDOWN_TIMEOUT_SECONDS: whole(1, 600, 20),
};

type Env = Readonly<Record<string, string | undefined>>;
type Common = z.output<z.ZodObject<typeof COMMON>>;
export type Config = ReturnType<typeof loadConfig>;

/** @throws {ConfigError} */
export const loadConfig = (env: Env) =>
  createEnv({
    ...how(env),
    server: SERVER,
    createFinalSchema: (variables) =>
      z
        .object(variables)
        .refine(({ PORT, METRICS_PORT }) => PORT !== METRICS_PORT, {
          path: ['METRICS_PORT'],
          error: 'must differ from PORT: metrics are not for everybody',
        })
        .transform((read, context) => ({
          ...commonOf(read, context),
          http: {
            port: read.PORT,
            metricsPort: read.METRICS_PORT,
            /** How many proxies in front add to X-Forwarded-For. */
            proxies: read.TRUST_PROXY,
            /** Requests a minute that one user, or one address without a user, may make. */
            rateLimit: read.RATE_LIMIT,
          },
          auth: {
            issuer: read.OIDC_ISSUER,
            audience: read.OIDC_AUDIENCE,
            /** The claims that hold a user's name and roles; a path with dots if it is nested. */
            nameClaim: read.OIDC_NAME_CLAIM,
            rolesClaim: read.OIDC_ROLES_CLAIM,
          },
          shutdown: {
            /** How long it still serves while load balancers forget it, in seconds. */
            delay: read.SHUTDOWN_DELAY_SECONDS,
            /** How long calls in flight may take after that, in seconds. */
            timeout: read.SHUTDOWN_TIMEOUT_SECONDS,
          },
        })),
  });

/** What migrations, workers and jobs need: they serve nobody.
 * @throws {ConfigError} */
export const loadDatabaseConfig = (env: Env) =>
  createEnv({
    ...how(env),
    server: COMMON,
    createFinalSchema: (variables) => z.object(variables).transform(commonOf),
  });

/** Has one sentence for each variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const commonOf = (read: Common, context: z.RefinementCtx) => ({
  log: { level: read.LOG_LEVEL },
  database: {
    connection: connectionOf(read, context),
    poolSize: read.DATABASE_POOL_SIZE,
    /** How long a statement may take, in seconds. */
    timeout: read.DATABASE_TIMEOUT_SECONDS,
    /** How long migrations wait for the database, and for each other, in seconds. */
    wait: read.DATABASE_WAIT_SECONDS,
  },
});

interface Issue {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
}

const how = (env: Env) => ({
  runtimeEnv: { ...env }, // A copy: the library deletes what is empty.
  emptyStringAsUndefined: true,
  isServer: true,
  onValidationError: (issues: readonly Issue[]): never => {
    const sentences = issues.map(({ path, message }) => `${String(path?.[0])} ${message}`);
    throw new ConfigError(sentences.join('\n'));
  },
});

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url?.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname));
}
