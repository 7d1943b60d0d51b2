import { describe, expect, it } from 'vitest';
import { issuerSettings } from '../dev/issuer/settings.ts';
import { portsOf } from '../dev/ports.ts';

describe('two apps on one machine', () => {
  it('share no port', () => {
    const all = [portsOf({}), portsOf({ DEV_PORTS: '100' })].flatMap(
      ({ api, metrics, issuer, frontend }) => [api, metrics, issuer, frontend],
    );
    expect(new Set(all).size).toBe(8);
  });

  it('have issuers that know their own frontend', () => {
    expect(issuerSettings({ DEV_PORTS: '100' })).toMatchObject({
      url: 'http://localhost:4100',
      origins: ['http://localhost:5273'],
    });
  });

  it.each(['-1', '1.5', 'many', '60000'])('refuse %s', (added) => {
    expect(() => portsOf({ DEV_PORTS: added })).toThrow('DEV_PORTS must be a whole number');
  });
});
