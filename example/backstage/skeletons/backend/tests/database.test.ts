import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { loadMigrationConfig } from '../src/config.ts';
import { createDatabase } from '../src/db/database.ts';
import { createLog } from '../src/log.ts';

/** With a single connection: one query at work, and the pool is full. */
function connect(url: string) {
  const { database } = loadMigrationConfig({ DATABASE_URL: url, DATABASE_POOL_SIZE: '1' });
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
