import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const run = (script: string, env: Record<string, string>) =>
  spawnSync('awk', ['-f', `container/${script}`], {
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', ...env },
    encoding: 'utf8',
  });

const ISSUER = { PUBLIC_OIDC_ISSUER: 'https://id.test/realms/a' };

describe('config.json', () => {
  it.each(['plain', 'a "quote"', 'back\\slash', 'tab\tline\nreturn\r\u0001\u001f', 'ünï €', ''])(
    'holds %j as it is',
    (value) => {
      const { stdout } = run('config.awk', { PUBLIC_TITLE: value });
      expect(JSON.parse(stdout)).toEqual({ TITLE: value });
    },
  );

  it('holds every PUBLIC_ variable, and no other', () => {
    const { stdout } = run('config.awk', {
      PUBLIC_A: '1',
      PUBLIC_B_C: '2',
      DATABASE_URL: 'no',
      NOT_PUBLIC_D: 'no',
    });
    expect(JSON.parse(stdout)).toEqual({ A: '1', B_C: '2' });
  });

  it('is an empty object without them', () => {
    expect(JSON.parse(run('config.awk', {}).stdout)).toEqual({});
  });
});

describe('server.conf', () => {
  it('listens on PORT, and lets pages call the issuer', () => {
    const { stdout } = run('server.awk', { ...ISSUER, PORT: '3000' });
    expect(stdout).toMatch(/^listen 3000;$/m);
    expect(stdout).toContain(`set $connect_src "'self' https://id.test";`);
  });

  it('listens on 8080 unless told otherwise', () => {
    expect(run('server.awk', ISSUER).stdout).toMatch(/^listen 8080;$/m);
  });

  it('lets pages call more, if told so', () => {
    const { stdout } = run('server.awk', {
      ...ISSUER,
      CONNECT_SRC: 'https://a.test http://b:90/x',
    });
    expect(stdout).toContain(`"'self' https://id.test https://a.test http://b:90"`);
  });

  it.each([
    [{}, 'PUBLIC_OIDC_ISSUER must be a URL'],
    [{ PUBLIC_OIDC_ISSUER: 'id.test' }, 'PUBLIC_OIDC_ISSUER must be a URL'],
    [{ PUBLIC_OIDC_ISSUER: 'https://id.test"; evil' }, 'PUBLIC_OIDC_ISSUER must be a URL'],
    [{ PUBLIC_OIDC_ISSUER: 'https://id.test\n; evil' }, 'PUBLIC_OIDC_ISSUER must be a URL'],
    [{ ...ISSUER, CONNECT_SRC: "'unsafe-inline'" }, 'CONNECT_SRC must be a URL'],
    [{ ...ISSUER, PORT: '80; evil' }, 'PORT must be a number'],
  ])('refuses %j with a sentence', (env, message) => {
    const { status, stderr } = run('server.awk', env);
    expect(status).toBe(1);
    expect(stderr).toContain(message);
  });
});
