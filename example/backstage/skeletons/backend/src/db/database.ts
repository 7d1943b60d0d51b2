/** The database, through a pool of connections. */
import { setTimeout } from 'node:timers/promises';
import { DatabaseError, Pool, type ClientBase, type PoolClient, type QueryResultRow } from 'pg';
import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import { Unavailable } from '../unavailable.ts';
import { isExposed } from './connection.ts';

/** Where statements go: to any connection, or to that of a transaction. */
export interface Queries {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

export interface Database extends Queries {
  /** Commits what `work` did, or nothing of it if `work` rejects. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Rejects if it doesn't answer within so many milliseconds. */
  ping(within: number): Promise<void>;
  connections(): Readonly<Record<'total' | 'idle' | 'waiting', number>>;
  close(): Promise<void>;
}

const CONNECT_WITHIN = 5_000;
const RECENTLY = 5_000;

export function createDatabase(config: Config['database'], log: Logger): Database {
  const { connection, poolSize } = config;
  if (isExposed(connection)) log.warn('PGSSLMODE is disable: the network can hear the database');
  const pool = createPool(config);
  pool.on('error', (err) => {
    log.warn({ err }, 'an idle connection to the database was lost');
  });

  let answeredAt = 0;
  const queriesOf = (client: Pick<ClientBase, 'query'>): Queries => ({
    async query<Row extends QueryResultRow>(text: string, values?: unknown[]) {
      const { rows } = await reached(client.query<Row>(text, values));
      answeredAt = Date.now();
      return rows;
    },
  });

  return {
    ...queriesOf(pool),

    async transaction(work) {
      const client = await reached(pool.connect());
      return committed(client, () => work(queriesOf(client)));
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

const createPool = ({ connection, poolSize, timeout }: Config['database']): Pool =>
  new Pool({
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

/** Gives the connection back. One that can't even roll back is closed. */
async function committed<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  let isBroken = false;
  try {
    await reached(client.query('begin'));
    const result = await work();
    await reached(client.query('commit'));
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.release(isBroken);
  }
}

/** @throws {Unavailable} if the database didn't answer; its error if it did */
const reached = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw answered(error) ? error : new Unavailable('the database', error);
  });

const GOING_AWAY = ['57P01', '57P02', '57P03', '53300'];

const answered = (error: unknown): boolean =>
  error instanceof DatabaseError && !GOING_AWAY.includes(error.code ?? '');

const late = async (within: number): Promise<never> => {
  await setTimeout(within, undefined, { ref: false });
  throw new Error(`no answer within ${within} ms`);
};
