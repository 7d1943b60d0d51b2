/** What differs between environments, from environment variables. */
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

const Log = z
  .object({ LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info') })
  .transform((env) => ({ level: env.LOG_LEVEL }));

const Http = z
  .object({
    PORT: whole(1, 65535, 3001),
    METRICS_PORT: whole(1, 65535, 9464),
    TRUST_PROXY: whole(0, 10, 1),
    RATE_LIMIT: whole(1, 1_000_000, 300),
  })
  .refine((env) => env.PORT !== env.METRICS_PORT, {
    path: ['METRICS_PORT'],
    error: 'must differ from PORT: metrics are not for everybody',
  })
  .transform((env) => ({
    port: env.PORT,
    metricsPort: env.METRICS_PORT,
    /** How many proxies in front add to X-Forwarded-For. */
    proxies: env.TRUST_PROXY,
    /** Requests a minute that one user, or one address without a user, may make. */
    rateLimit: env.RATE_LIMIT,
  }));

const Auth = z
  .object({
    OIDC_ISSUER: required('the URL of your OpenID provider').refine(isIssuer, {
      error: 'must be an https URL such as https://id.example.com; http only on this machine',
    }),
    OIDC_AUDIENCE: required('what the provider calls this API'),
    OIDC_ROLES_CLAIM: z.string().default('roles'),
  })
  .transform((env) => ({
    issuer: env.OIDC_ISSUER,
    audience: env.OIDC_AUDIENCE,
    /** The claim that holds a user's roles; a path with dots if it is nested. */
    rolesClaim: env.OIDC_ROLES_CLAIM,
  }));

const Database = z
  .object({
    DATABASE_URL: required(EXAMPLE),
    PGSSLMODE: z.string().optional(),
    PGSSLROOTCERT: z.string().optional(),
    DATABASE_POOL_SIZE: whole(1, 500, 10),
    DATABASE_TIMEOUT_SECONDS: whole(1, 3600, 10),
    DATABASE_WAIT_SECONDS: whole(0, 3600, 60),
  })
  .transform((env, context) => ({
    connection: connectionOf(env, context),
    poolSize: env.DATABASE_POOL_SIZE,
    /** How long a statement may take, in seconds. */
    timeout: env.DATABASE_TIMEOUT_SECONDS,
    /** How long migrations wait for the database, and for each other, in seconds. */
    wait: env.DATABASE_WAIT_SECONDS,
  }));

const Shutdown = z
  .object({ SHUTDOWN_DELAY_SECONDS: whole(0, 600, 5), SHUTDOWN_TIMEOUT_SECONDS: whole(1, 600, 20) })
  .transform((env) => ({
    /** How long it still serves while load balancers forget it, in seconds. */
    delay: env.SHUTDOWN_DELAY_SECONDS,
    /** How long calls in flight may take after that, in seconds. */
    timeout: env.SHUTDOWN_TIMEOUT_SECONDS,
  }));

const SERVER = { log: Log, http: Http, auth: Auth, database: Database, shutdown: Shutdown };
const MIGRATIONS = { log: Log, database: Database };

type Parts = Readonly<Record<string, z.ZodType>>;
type Read<P extends Parts> = { readonly [K in keyof P]: z.output<P[K]> };

export type Config = Read<typeof SERVER>;

type Env = Readonly<Record<string, string | undefined>>;

/** @throws {ConfigError} */
export const loadConfig = (env: Env): Config => read(SERVER, env);

/** What migrations need: they run without an OpenID provider.
 * @throws {ConfigError} */
export const loadMigrationConfig = (env: Env): Read<typeof MIGRATIONS> => read(MIGRATIONS, env);

/** Has one sentence for each variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function read<P extends Parts>(parts: P, env: Env): Read<P> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const results = Object.entries(parts).map(([name, part]) => [name, part.safeParse(set)] as const);
  const wrong = results.flatMap(([, { error }]) => error?.issues ?? []);
  if (wrong.length > 0) {
    throw new ConfigError(
      wrong.map(({ path, message }) => `${String(path[0])} ${message}`).join('\n'),
    );
  }
  return Object.fromEntries(results.map(([name, { data }]) => [name, data])) as Read<P>;
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url?.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname));
}
