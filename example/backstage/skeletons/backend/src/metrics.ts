/** What Prometheus asks: on a port of its own, which no route leads to. */
import { createServer, type Server } from 'node:http';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from './db/database.ts';

export interface Metrics {
  /** Measures each request. */
  readonly measure: RequestHandler;
  readonly server: Server;
}

export function createMetrics(database: Pick<Database, 'connections'>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });

  new Gauge({
    name: 'db_pool_connections',
    help: 'Connections to the database, and requests that wait for one.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(database.connections())) {
        this.set({ state }, count);
      }
    },
  });

  return {
    measure(req, res, next) {
      const stop = durations.startTimer({ method: req.method });
      res.once('close', () => {
        stop({ route: routeOf(req.route), status: res.statusCode });
      });
      next();
    },
    server: createServer((req, res) => {
      if (req.url !== '/metrics') {
        res.writeHead(404).end();
        return;
      }
      void registry.metrics().then((text) => {
        res.setHeader('Content-Type', registry.contentType).end(text);
      });
    }),
  };
}

/** The pattern, not the path: ids would make a time series each. */
const routeOf = (route: unknown): string =>
  (route as { path?: string } | undefined)?.path ?? 'none';
