/** The database, through a pool of connections. */
import { setTimeout } from 'node:timers/promises';
import { DatabaseError, Pool, type QueryResultRow } from 'pg';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { Unavailable } from '../unavailable.ts';
import { isExposed } from './connection.ts';

export interface Database {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Rejects if it doesn't answer within so many milliseconds. */
  ping(within: number): Promise<void>;
  connections(): Readonly<Record<'total' | 'idle' | 'waiting', number>>;
  close(): Promise<void>;
}

const CONNECT_WITHIN = 5_000;
const RECENTLY = 5_000;

export function createDatabase(config: Config['database'], log: Logger): Database {
  const { connection, poolSize, timeout } = config;
  if (isExposed(connection)) log.warn('PGSSLMODE is disable: the network can hear the database');
  const pool = new Pool({
    ...connection,
    application_name: 'backend',
    max: poolSize,
    connectionTimeoutMillis: CONNECT_WITHIN,
    maxLifetimeSeconds: 1800,
    keepAlive: true,
    // As `options`, for PgBouncer refuses to connect if this is a parameter of its own.
    options: `-c statement_timeout=${timeout * 1000}`,
    query_timeout: timeout * 1000 + 500,
  });
  pool.on('error', (err) => {
    log.warn({ err }, 'an idle connection to the database was lost');
  });

  let answeredAt = 0;

  return {
    async query<Row extends QueryResultRow>(text: string, values?: unknown[]) {
      try {
        const { rows } = await pool.query<Row>(text, values);
        answeredAt = Date.now();
        return rows;
      } catch (error) {
        throw answered(error) ? error : new Unavailable('the database', error);
      }
    },

    async ping(within) {
      // With every connection at work a ping would wait in line. That is no reason to send the load
      // to the other pods: it would be theirs next.
      const isFull = pool.totalCount >= poolSize && pool.idleCount === 0;
      if (isFull && Date.now() - answeredAt < RECENTLY) return;
      await Promise.race([pool.query('select 1'), late(within)]);
    },

    connections: () => ({
      total: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),

    close: () => pool.end(),
  };
}

const GOING_AWAY = ['57P01', '57P02', '57P03', '53300'];

const answered = (error: unknown): boolean =>
  error instanceof DatabaseError && !GOING_AWAY.includes(error.code ?? '');

const late = async (within: number): Promise<never> => {
  await setTimeout(within, undefined, { ref: false });
  throw new Error(`no answer within ${within} ms`);
};
