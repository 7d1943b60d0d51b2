import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { envOf } from '../dev/env.ts';
import { localOf } from '../dev/ports.ts';

it('finds the backend where a file of this laptop says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'env-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, '.env.development.local'), 'DEV_PORTS=700\nHOME_PAGE=other\n');
  const env = envOf('development', folder);
  expect(env).toEqual({ DEV_PORTS: '700' });
  expect(localOf(env).api).toBe('http://localhost:3701');
});
