/** `npm run migrate`: before the server starts, with its image and environment. */
import { loadDatabaseConfig } from './config.ts';
import { migrate } from './db/migrations.ts';
import { createLog } from './log.ts';
import { orExplain } from './explain.ts';

const config = orExplain(() => loadDatabaseConfig(process.env));
const log = createLog(config.log);

try {
  const done = await migrate(config.database, log);
  log.info(done.length > 0 ? `migrated: ${done.join(', ')}` : 'nothing to migrate');
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  log.fatal(`the database was not migrated: ${why}`);
  process.exitCode = 1;
}
