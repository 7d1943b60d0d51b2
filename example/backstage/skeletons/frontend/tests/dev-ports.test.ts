import { describe, expect, it } from 'vitest';
import { localOf } from '../dev/ports.ts';

describe('two apps on one machine', () => {
  it('have places of their own', () => {
    expect(localOf({})).toEqual({
      port: 5173,
      api: 'http://localhost:3001',
      issuer: 'http://localhost:4000',
    });
    expect(localOf({ DEV_PORTS: '100' })).toEqual({
      port: 5273,
      api: 'http://localhost:3101',
      issuer: 'http://localhost:4100',
    });
  });

  it.each(['-1', '1.5', 'many', '60000'])('refuse %s', (added) => {
    expect(() => localOf({ DEV_PORTS: added })).toThrow('DEV_PORTS must be a whole number');
  });
});
