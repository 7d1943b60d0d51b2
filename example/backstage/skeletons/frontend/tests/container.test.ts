import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { policyOf } from '../dev/policy.ts';

type Env = Readonly<Record<string, string>>;

const jq = (args: readonly string[], env: Env) =>
  spawnSync('jq', args, { env: { PATH: process.env.PATH ?? '', ...env }, encoding: 'utf8' });

const config = (env: Env): unknown =>
  JSON.parse(jq(['-n', '-f', 'container/config.jq'], env).stdout);

const serverConf = (env: Env, ipv6 = 'no') =>
  jq(
    ['-nr', '--arg', 'ipv6', ipv6, '--slurpfile', 'policy', 'container/policy.json'].concat([
      '-f',
      'container/server.jq',
    ]),
    env,
  );

const ISSUER = { PUBLIC_OIDC_ISSUER: 'https://id.test/realms/a' };

// Who has no jq sees the rest of the tests: CI has it.
describe.skipIf(jq(['--version'], {}).status !== 0)('the container', () => {
  describe('config.json', () => {
    it.each(['plain', 'a "quote"', 'back\\slash', 'tab\tline\nreturn\r\u0001\u001f', 'ünï €'])(
      'holds %j as it is',
      (value) => {
        expect(config({ PUBLIC_TITLE: value })).toEqual({ TITLE: value });
      },
    );

    it('holds every PUBLIC_ variable that is set, and no other', () => {
      const env = { PUBLIC_A: '1', PUBLIC_B_C: '2', PUBLIC_D: '', DATABASE_URL: 'no' };
      expect(config({ ...env, NOT_PUBLIC_E: 'no' })).toEqual({ A: '1', B_C: '2' });
    });

    it('holds the issuer of the platform, unless the app has its own', () => {
      const env = { OIDC_ISSUER: 'https://platform.test' };
      expect(config(env)).toEqual(env);
      expect(config({ ...env, ...ISSUER })).toEqual({ OIDC_ISSUER: ISSUER.PUBLIC_OIDC_ISSUER });
    });

    it('is an empty object without them', () => {
      expect(config({})).toEqual({});
    });
  });

  describe('server.conf', () => {
    it('listens on PORT, and on IPv6 where there is any', () => {
      expect(serverConf({ ...ISSUER, PORT: '3000' }).stdout).toMatch(/^listen 3000;\nset/);
      expect(serverConf(ISSUER, 'yes').stdout).toMatch(/^listen 8080;\nlisten \[::\]:8080;\n/);
    });

    it('has the policy of `npm run dev`, but for what Vite itself needs', () => {
      const { stdout } = serverConf({
        ...ISSUER,
        CONNECT_SRC: 'https://a.test  http://b.test:90/x',
      });
      const policy = policyOf('https://id.test/realms/a', 'https://a.test http://b.test:90/x');
      expect(stdout).toContain(`set $policy "${policy}";`);
      expect(policy).toContain(
        "connect-src 'self' https://id.test https://a.test http://b.test:90;",
      );
      const inDev = policyOf('https://id.test/realms/a', 'https://a.test http://b.test:90/x', 'n');
      expect(inDev.replaceAll(" 'nonce-n'", '')).toBe(policy);
    });

    it.each([
      [{}, 'OIDC_ISSUER must be a URL'],
      [{ OIDC_ISSUER: 'id.test' }, 'OIDC_ISSUER must be a URL'],
      [{ OIDC_ISSUER: 'https://id.test"; evil' }, 'OIDC_ISSUER must be a URL'],
      [{ OIDC_ISSUER: 'https://id.test\n; evil' }, 'OIDC_ISSUER must be a URL'],
      [{ ...ISSUER, CONNECT_SRC: "'unsafe-inline'" }, 'CONNECT_SRC must be a URL'],
      [{ ...ISSUER, PORT: '80; evil' }, 'PORT must be a number'],
    ])('refuses %j with a sentence', (env: Env, message) => {
      const { status, stderr } = serverConf(env);
      expect(status).toBe(1);
      expect(stderr).toContain(message);
    });
  });
});
