/** One migrated database for all tests: to start one each would take most of the time. */
import type { TestProject } from 'vitest/node';
import { startDatabase } from '../../dev/database/database.ts';
import { loadDatabaseConfig } from '../../src/config.ts';
import { migrate } from '../../src/db/migrations.ts';
import { createLog } from '../../src/log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startDatabase();
  const { database } = loadDatabaseConfig({ DATABASE_URL: url });
  await migrate(database, createLog({ level: 'silent' }));
  project.provide('databaseUrl', url);
  return stop;
}
