/** How the process ends, in the order that Kubernetes needs. */
import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { close } from './http/server.ts';
import type { Logger } from './log.ts';
import type { Tracing } from './tracing.ts';

export interface State {
  /** It still serves, but wants no more traffic. */
  draining: boolean;
}

/** Whoever keeps a connection is to open the next one to another pod. */
export const leaving =
  (state: Readonly<State>): RequestHandler =>
  (_req, res, next) => {
    if (state.draining) res.set('Connection', 'close');
    next();
  };

interface Running {
  readonly api: Server;
  readonly metrics: Server;
  readonly database: Database;
  readonly tracing: Tracing;
  readonly state: State;
  readonly log: Logger;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** The database, and a collector of traces, may be gone already. */
const REST_CLOSES_WITHIN = 2_000;

/** The second signal ends it at once. */
export function endOnSignal(running: Running, config: Config['shutdown']): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (running.state.draining) process.exit(1);
      running.state.draining = true;
      running.log.info(`${signal}: stopping`);
      void end(running, config).then((code) => process.exit(code));
    });
  }
}

async function end({ api, metrics, database, tracing, log }: Running, config: Config['shutdown']) {
  await setTimeout(config.delay * 1000);
  const cut = await close(api, config.timeout);
  const rest = Promise.allSettled([database.close(), tracing.stop()]);
  await Promise.race([rest, setTimeout(REST_CLOSES_WITHIN)]);
  metrics.closeAllConnections();
  metrics.close();
  if (cut) log.error(`stopped, but cut off calls that took more than ${config.timeout} s`);
  else log.info('stopped');
  return cut ? 1 : 0;
}
