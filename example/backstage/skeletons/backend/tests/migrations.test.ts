import { readdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { loadDatabaseConfig } from '../src/config.ts';
import { createDatabase, type Database } from '../src/db/database.ts';
import { migrate } from '../src/db/migrations.ts';
import { takeTurn } from '../src/db/turn.ts';
import { createLog } from '../src/log.ts';
import { startApi } from './support/api.ts';
import { folderWith } from './support/migrations.ts';
import { freePort, run } from './support/process.ts';

let database: Database;
const url = inject('databaseUrl');
const log = createLog({ level: 'silent' });
const configOf = (url: string, wait = 0) =>
  loadDatabaseConfig({ DATABASE_URL: url, DATABASE_WAIT_SECONDS: String(wait) }).database;

beforeAll(() => {
  database = createDatabase({ ...configOf(url), poolSize: 1 }, log);
});

afterAll(async () => {
  await database.close();
});

describe('migrating', () => {
  it('has made what was missing, and is repeatable', async () => {
    expect(await migrate(configOf(url), log)).toEqual([]);
    const done = await database.query<{ name: string }>('select name from migrations');
    const files = readdirSync('migrations').filter((name) => name.endsWith('.sql'));
    expect(done.map(({ name }) => `${name}.sql`)).toEqual(expect.arrayContaining(files));
  });

  it('leaves a newer schema alone, so that an older image still starts', async () => {
    const newer = folderWith('29990101000000000_newer', 'create table newer ()');
    expect(await migrate(configOf(url), log, newer)).toEqual(['29990101000000000_newer']);
    const older = run('src/migrate.ts', { DATABASE_URL: url });
    expect(await older.exit).toBe(0);
    expect(older.output()).toContain('nothing to migrate');
    await database.query('select from newer');

    const api = await startApi();
    expect((await api.call('get', '/readyz')).status).toBe(200);
    const token = await api.issuer.token();
    expect((await api.call('get', '/api/me', { token })).status).toBe(200);
  });

  it('runs what was merged late, though newer ones have run', async () => {
    const late = folderWith('20260102000000000_late', 'create table late ()');
    expect(await migrate(configOf(url), log, late)).toEqual(['20260102000000000_late']);
  });

  it('keeps nothing of a migration that fails', async () => {
    const bad = folderWith('29990102000000000_bad', 'create table half (); select bogus;');
    await expect(migrate(configOf(url), log, bad)).rejects.toThrow('bogus');
    await expect(database.query('select * from half')).rejects.toThrow('does not exist');
    expect(await migrate(configOf(url), log)).toEqual([]);
  });
});

describe('while another pod migrates', () => {
  const clientWhere = (answers: boolean[]) => ({
    query: vi.fn(() => Promise.resolve({ rows: [{ mine: answers.shift() ?? false }] })),
  });

  it('we wait for our turn', async () => {
    const client = clientWhere([false, true]);
    await takeTurn(client as never, 10, log);
    expect(client.query).toHaveBeenCalledTimes(2);
  });

  it('we do not wait for ever', async () => {
    await expect(takeTurn(clientWhere([]) as never, 0, log)).rejects.toThrow(
      'another pod is still migrating, after 0 s',
    );
  });
});

describe('a database that is not there', () => {
  it('is waited for', async () => {
    const { hostname, port: real } = new URL(url);
    const port = await freePort();
    const migrating = migrate(
      configOf(`postgresql://postgres@127.0.0.1:${port}/postgres`, 20),
      log,
    );
    await setTimeout(500);
    const late = createServer((socket) => {
      socket.pipe(connect(Number(real), hostname)).pipe(socket);
    }).listen(port);
    expect(await migrating).toEqual([]);
    late.close();
  });

  it.each([
    [
      'postgresql://a@127.0.0.1:1/b',
      'the database can’t be used: nothing listens at 127.0.0.1:1, after 0 s',
    ],
    [
      'postgresql://a@no.such.invalid/b',
      /no host is called no\.such\.invalid|the name no\.such\.invalid can’t be resolved/,
    ],
  ])('%s is told of in a sentence', async (url, sentence) => {
    await expect(migrate(configOf(url), log)).rejects.toThrow(sentence);
  });
});
