import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;']*?\sfrom\s+)?'([^']+)'/gm;

/** What a file loads when it runs: types are gone by then. */
const loadedBy = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, name = '']) => name);

describe('the image', () => {
  it('has everything that the server loads: no development dependencies, and nothing of dev/', () => {
    const loaded = globSync('src/**/*.ts').flatMap(loadedBy);
    expect(loaded).toContain('express');
    const missing = loaded.filter(
      (name) => !isBuiltin(name) && !name.startsWith('.') && !(name in manifest.dependencies),
    );
    expect(missing).toEqual([]);
    expect(loaded.filter((name) => /\/(dev|tests)\//.test(name))).toEqual([]);
  });
});
