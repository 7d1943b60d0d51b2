/** The app with a database and an issuer, and calls to it. */
import type { Express } from 'express';
import request from 'supertest';
import { inject } from 'vitest';
import { createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { createDatabase, type Database } from '../../src/db/database.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { conform } from './conform.ts';
import { AUDIENCE, startIssuer, type FakeIssuer } from './issuer.ts';

interface Call {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Method = 'get' | 'post' | 'put' | 'delete';

export interface Api {
  readonly app: Express;
  readonly call: (method: Method, path: string, call?: Call) => Promise<Answer>;
  readonly database: Database;
  readonly issuer: FakeIssuer;
  /** Everything that was logged. */
  readonly logged: () => string;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly state: { draining: boolean };
}

const started: (() => Promise<void>)[] = [];

export const stopApis = async (): Promise<void> => {
  await Promise.all(started.splice(0).map((stop) => stop()));
};

/** Until the end of the tests in this file. */
export async function startApi(env: Readonly<Record<string, string>> = {}): Promise<Api> {
  const issuer = await startIssuer();
  const config = loadConfig({
    DATABASE_URL: inject('databaseUrl'),
    DATABASE_POOL_SIZE: '2',
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    ...env,
  });
  const lines: string[] = [];
  const log = createLog({ level: 'trace' }, { write: (line) => lines.push(line) });
  const database = createDatabase(config.database, log);
  const metrics = createMetrics(database);
  const state = { draining: false };
  const app = createApp(config, { database, log, metrics, state });
  started.push(async () => {
    await database.close();
    await issuer.stop();
  });

  return {
    app,
    database,
    issuer,
    logged: () => lines.join(''),
    metrics,
    state,
    async call(method, path, { token, body, headers = {} } = {}) {
      let test = request(app)[method](path).set(headers);
      if (token !== undefined) test = test.auth(token, { type: 'bearer' });
      const answer: Answer = await (body === undefined ? test : test.send(body as object));
      conform(method, path, answer);
      return answer;
    },
  };
}
