import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { loadDatabaseConfig } from '../src/config.ts';
import { createDatabase, type Database } from '../src/db/database.ts';
import { createLog } from '../src/log.ts';

/** With a single connection: one query at work, and the pool is full. */
function connect(url: string) {
  const { database } = loadDatabaseConfig({ DATABASE_URL: url, DATABASE_POOL_SIZE: '1' });
  const connected = createDatabase(database, createLog({ level: 'silent' }));
  onTestFinished(() => connected.close());
  return connected;
}

describe('a full pool', () => {
  it('is no reason to be unready, while the database answers', async () => {
    const database = connect(inject('databaseUrl'));
    await database.query('select 1');
    const slow = database.query('select pg_sleep(0.5)');
    await setImmediate(); // Only now is the connection taken.
    await database.ping(50);
    await slow;
  });

  it('does not hide that the database is silent', async () => {
    const silent = createServer((socket) => {
      silent.once('close', () => socket.destroy());
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const database = connect(`postgresql://a@127.0.0.1:${port}/b`);
    const lost = expect(database.query('select 1')).rejects.toThrow('can’t be reached');
    await expect(database.ping(50)).rejects.toThrow('no answer within 50 ms');
    silent.close();
    silent.emit('close');
    await lost;
  });
});

describe('a transaction', () => {
  const count = async (database: Database) =>
    (await database.query<{ n: number }>('select count(*)::int as n from accounts'))[0]?.n;

  async function connectWithTable() {
    const database = connect(inject('databaseUrl'));
    await database.query('create table if not exists accounts (id int primary key)');
    await database.query('truncate accounts');
    return database;
  }

  it('keeps all that was done, and gives what was found out', async () => {
    const database = await connectWithTable();
    const found = await database.transaction(async (queries) => {
      await queries.query('insert into accounts values (1)');
      await queries.query('insert into accounts values (2)');
      return queries.query('select id from accounts order by id');
    });
    expect(found).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await count(database)).toBe(2);
  });

  it('keeps nothing if a step fails, and the connection works on', async () => {
    const database = await connectWithTable();
    const failing = database.transaction(async (queries) => {
      await queries.query('insert into accounts values (1)');
      await queries.query('insert into accounts values (1)');
    });
    await expect(failing).rejects.toThrow('duplicate key');
    expect(await count(database)).toBe(0);
    expect(database.connections()).toEqual({ total: 1, idle: 1, waiting: 0 });
  });

  it('keeps nothing if we change our mind', async () => {
    const database = await connectWithTable();
    const refused = database.transaction(async (queries) => {
      await queries.query('insert into accounts values (1)');
      throw new Error('not allowed');
    });
    await expect(refused).rejects.toThrow('not allowed');
    expect(await count(database)).toBe(0);
  });
});
