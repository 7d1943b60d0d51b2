/**
 * Brings the database's schema to what this version needs.
 *
 * It runs before each pod starts: in several at once, and after a rollback with an image older
 * than the schema. So it waits for its turn, and leaves alone what it doesn't know.
 */
import { runner } from 'node-pg-migrate';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { connected } from './connected.ts';
import { takeTurn } from './turn.ts';

const FOLDER = `${import.meta.dirname}/../../migrations`;

/** @returns the names of the migrations that were missing, which are no longer */
export async function migrate(
  config: Config['database'],
  log: Logger,
  folder = FOLDER,
): Promise<string[]> {
  const client = await connected(config, log);
  let running = '';
  try {
    await takeTurn(client, config.wait, log);
    const done = await runner({
      dbClient: client,
      dir: folder,
      direction: 'up',
      migrationsTable: 'migrations',
      // Else it fails on migrations of a newer version, and on those of branches merged late.
      checkOrder: false,
      noLock: true,
      logger: {
        info: (text) => {
          running = /^### MIGRATION (\S+)/.exec(text)?.[1] ?? running;
          log.debug(text);
        },
        warn: (text) => {
          log.warn(text);
        },
        error: (text) => {
          log.error(text);
        },
      },
    });
    return done.map(({ name }) => name);
  } catch (error) {
    if (running === '' || !(error instanceof Error)) throw error;
    throw new Error(`${running}: ${error.message}`, { cause: error });
  } finally {
    await client.end(); // With the session ends its turn.
  }
}
