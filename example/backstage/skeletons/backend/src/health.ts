/** What Kubernetes asks. */
import { Router } from 'express';
import type { Database } from './db/database.ts';
import type { State } from './lifecycle.ts';

/** Less than the timeout of a probe: the reason is to arrive. */
const WITHIN = 2_000;

export function healthRoutes(database: Database, state: Readonly<State>): Router {
  const router = Router();

  /** Never asks the database: a restart would not bring it back. */
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });

  router.get('/readyz', async (req, res) => {
    if (state.draining) {
      res.status(503).json({ status: 'draining' });
      return;
    }
    try {
      await database.ping(WITHIN);
      res.json({ status: 'ok' });
    } catch (err) {
      req.log.warn({ err }, 'not ready: the database doesn’t answer');
      res.status(503).json({ status: 'no database' });
    }
  });

  return router;
}
