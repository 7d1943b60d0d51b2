import { describe, expect, it } from 'vitest';
import { loadConfig, loadDatabaseConfig } from '../src/config.ts';
import { isExposed } from '../src/db/connection.ts';

const URL_ = 'postgresql://app:p%40ss@db.test:6432/app';
const ENV = {
  DATABASE_URL: URL_,
  OIDC_ISSUER: 'https://id.test/realms/a',
  OIDC_AUDIENCE: 'test-api',
};

const messageOf = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the configuration', () => {
  it('needs three variables, and has defaults for the rest', () => {
    expect(loadConfig({ ...ENV, LOG_LEVEL: '' })).toMatchObject({
      log: { level: 'info' },
      http: { port: 3001, metricsPort: 9464, proxies: 1, rateLimit: 300 },
      auth: { issuer: ENV.OIDC_ISSUER, audience: 'test-api', rolesClaim: 'roles' },
      database: { poolSize: 10, timeout: 10, wait: 60 },
      shutdown: { delay: 5, timeout: 20 },
    });
  });

  it('for migrations needs only the database', () => {
    expect(loadDatabaseConfig({ DATABASE_URL: URL_ }).database.wait).toBe(60);
  });

  it('tells of everything that is wrong at once, in a line each', () => {
    expect(messageOf({ PORT: '0', LOG_LEVEL: 'loud', OIDC_ISSUER: 'id.test' }).split('\n')).toEqual(
      [
        'LOG_LEVEL must be one of trace, debug, info, warn, error, silent',
        'DATABASE_URL is not set: it must be a URL such as postgresql://user:password@host:5432/database',
        'PORT must be a whole number from 1 to 65535',
        'OIDC_ISSUER must be an https URL such as https://id.example.com; http only on this machine',
        'OIDC_AUDIENCE is not set: it must be what the provider calls this API',
      ],
    );
  });

  const HTTPS = 'must be an https URL such as https://id.example.com; http only on this machine';
  const DATABASE = 'must be a URL such as postgresql://user:password@host:5432/database';

  it.each([
    ['PORT', '80a', 'must be a whole number from 1 to 65535'],
    ['PORT', '70000', 'must be a whole number from 1 to 65535'],
    ['METRICS_PORT', '3001', 'must differ from PORT: metrics are not for everybody'],
    ['DATABASE_POOL_SIZE', '1.5', 'must be a whole number from 1 to 500'],
    ['OIDC_ISSUER', 'http://id.test', HTTPS],
    ['OIDC_ISSUER', 'https://id.test/?x', HTTPS],
    ['OIDC_AUDIENCE', ' test', 'must not begin or end with a space'],
    ['DATABASE_URL', 'db.test', DATABASE],
    ['DATABASE_URL', 'mysql://app:secret@db.test/app', DATABASE],
    ['DATABASE_URL', 'postgresql://app:secret@db.test', DATABASE],
    ['DATABASE_URL', 'postgresql://app:%zz@db.test/app', DATABASE],
    [
      'PGSSLMODE',
      'require',
      "must ask for sslmode verify-full, or disable for none: require isn't safe",
    ],
    ['PGSSLROOTCERT', '/no/such/file', "must be a file with a CA: can't read '/no/such/file'"],
  ])('refuses %s=%s with a sentence, and shows no password', (name, value, message) => {
    expect(messageOf({ ...ENV, [name]: value })).toBe(`${name} ${message}`);
  });

  it('takes an issuer on this machine without TLS', () => {
    expect(messageOf({ ...ENV, OIDC_ISSUER: 'http://localhost:4000' })).toBe('');
  });
});

describe('the connection to the database', () => {
  const connect = (url: string, env: Record<string, string> = {}) =>
    loadDatabaseConfig({ DATABASE_URL: url, ...env }).database.connection;

  it('is taken from the URL', () => {
    expect(connect(URL_)).toMatchObject({
      host: 'db.test',
      port: 6432,
      user: 'app',
      password: 'p@ss',
      database: 'app',
    });
    expect(connect('postgres://a@[::1]/b')).toMatchObject({ host: '::1', port: 5432 });
    expect(connect('postgresql://a@%2Frun%2Fpg/b').host).toBe('/run/pg');
  });

  it.each([
    [URL_, {}],
    [URL_, { PGSSLMODE: 'verify-full' }],
    ['postgresql://a@localhost/b', { PGSSLMODE: 'verify-full' }],
    [`${URL_}?sslmode=verify-full`, { PGSSLMODE: 'disable' }],
  ])('to %s with %j verifies the host and its CA', (url, env) => {
    const connection = connect(url, env);
    expect(connection.ssl).toMatchObject({ rejectUnauthorized: true, host: connection.host });
    expect(isExposed(connection)).toBe(false);
  });

  it.each(['localhost', '127.0.0.1', '[::1]', '%2Frun%2Fpg'])(
    'to %s needs no TLS, for it stays on this machine',
    (host) => {
      const connection = connect(`postgresql://a@${host}/b`);
      expect(connection.ssl).toBe(false);
      expect(isExposed(connection)).toBe(false);
    },
  );

  it('to another machine goes without TLS only where that is asked for, and is told of', () => {
    const connection = connect(URL_, { PGSSLMODE: 'disable' });
    expect(connection.ssl).toBe(false);
    expect(isExposed(connection)).toBe(true);
  });

  it.each(['require', 'prefer', 'allow', 'verify-ca', 'no-verify'])(
    'refuses sslmode=%s, which verifies too little, in the URL too',
    (mode) => {
      expect(() => connect(`${URL_}?sslmode=${mode}`)).toThrow(
        `DATABASE_URL must ask for sslmode verify-full`,
      );
    },
  );

  it('trusts the CA of PGSSLROOTCERT alone', () => {
    expect(connect(URL_, { PGSSLROOTCERT: 'package.json' }).ssl).toMatchObject({
      ca: expect.stringContaining('"backend"') as string,
    });
  });
});
