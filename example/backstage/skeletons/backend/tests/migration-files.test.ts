import { globSync, readFileSync } from 'node:fs';
import { expect, inject, it } from 'vitest';
import { loadDatabaseConfig } from '../src/config.ts';
import { migrate } from '../src/db/migrations.ts';
import { createLog } from '../src/log.ts';
import { folderWith } from './support/migrations.ts';

const MARKER = /^\s*--[\s-]*(up|down)\s+migration/im;

it('no migration has a part that undoes it: if only that one is marked, both are run', () => {
  const marked = globSync('migrations/*.sql').filter((file) =>
    MARKER.test(readFileSync(file, 'utf8')),
  );
  expect(marked).toEqual([]);
});

it('a migration that fails is named', async () => {
  const { database } = loadDatabaseConfig({ DATABASE_URL: inject('databaseUrl') });
  const bad = folderWith('29990103000000000_divides', 'select 1 / 0');
  await expect(migrate(database, createLog({ level: 'silent' }), bad)).rejects.toThrow(
    '29990103000000000_divides: division by zero',
  );
});
