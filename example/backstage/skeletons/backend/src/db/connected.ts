/** A connection for migrations, which may start before the database does. */
import { Client } from 'pg';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { failureOf } from './failure.ts';
import { GaveUp, waitFor } from './wait.ts';

const CONNECT_WITHIN = 5_000;

/** @throws {GaveUp} if it isn't there in time, or never will be */
export const connected = (config: Config['database'], log: Logger): Promise<Client> =>
  waitFor(config.wait, log, async () => {
    const client = new Client({
      ...config.connection,
      application_name: 'migrate',
      connectionTimeoutMillis: CONNECT_WITHIN,
      // Whoever waits for a table makes all others wait behind it.
      options: '-c lock_timeout=10s',
    });
    client.on('error', (err) => {
      log.error({ err }, 'the connection to the database was lost');
    });
    try {
      await client.connect();
      return { value: client };
    } catch (error) {
      const { message, passes } = failureOf(error, config.connection);
      const reason = `the database can’t be used: ${message}`;
      if (!passes) throw new GaveUp(reason, { cause: error });
      return { reason };
    }
  });
