/** The server: from its configuration to its end. */
import { createApp } from './app.ts';
import { loadConfig } from './config.ts';
import { createDatabase } from './db/database.ts';
import { orExplain } from './explain.ts';
import { createHttpServer, listen } from './http/server.ts';
import { endOnSignal, type State } from './lifecycle.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { Tracing } from './tracing.ts';

export async function serve(tracing: Tracing): Promise<void> {
  const config = orExplain(() => loadConfig(process.env));
  const log = createLog(config.log);

  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'stopped by a mistake in the program');
    process.exit(1);
  });

  const state: State = { draining: false };
  const database = createDatabase(config.database, log);
  const metrics = createMetrics(database);
  const api = createHttpServer(createApp(config, { database, log, metrics, state }));

  endOnSignal({ api, metrics: metrics.server, database, tracing, state, log }, config.shutdown);
  try {
    await listen(metrics.server, config.http.metricsPort, 'METRICS_PORT');
    await listen(api, config.http.port, 'PORT');
    log.info(`listening on ${config.http.port}, metrics on ${config.http.metricsPort}`);
  } catch (error) {
    log.fatal((error as Error).message);
    process.exit(1);
  }
}
