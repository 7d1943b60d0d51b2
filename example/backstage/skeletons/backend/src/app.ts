/** What the server answers, in the order in which it decides. */
import express, { type Express } from 'express';
import openapi from '../openapi.json' with { type: 'json' };
import { identify, requireUser } from './auth/authenticate.ts';
import { meRoutes } from './auth/routes.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { healthRoutes } from './health.ts';
import { headers } from './http/headers.ts';
import { limit } from './http/limit.ts';
import { notFound, sendProblem } from './http/problem.ts';
import { requests } from './http/requests.ts';
import { leaving, type State } from './lifecycle.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { noteRoutes } from './notes/routes.ts'; // example

export interface Services {
  readonly database: Database;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'measure'>;
  readonly state: Readonly<State>;
}

const MAX_BODY = '100kb';

export function createApp(config: Pick<Config, 'auth' | 'http'>, services: Services): Express {
  const { database, log, metrics, state } = services;
  const app = express();
  app.set('trust proxy', config.http.proxies);
  app.set('etag', false);

  app.use(requests(log), metrics.measure, leaving(state), headers);
  app.use(healthRoutes(database, state));
  app.get('/api/openapi.json', (_req, res) => {
    res.json(openapi);
  });

  app.use('/api', identify(config.auth), limit(config.http.rateLimit), requireUser);
  // Not strict: the schema of a route says what is wrong with `null`, which is JSON.
  app.use(express.json({ limit: MAX_BODY, strict: false }));
  app.use(meRoutes());
  app.use(noteRoutes(database)); // example

  app.use(notFound, sendProblem);
  return app;
}
