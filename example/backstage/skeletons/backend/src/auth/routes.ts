/** `/api/me`: who calls, as we see it. */
import { Router } from 'express';
import { methodNotAllowed } from '../http/problem.ts';
import { callerOf } from './authenticate.ts';

export const meRoutes = (): Router => {
  const router = Router();
  router
    .route('/api/me')
    .get((req, res) => {
      res.json(callerOf(req));
    })
    .all(methodNotAllowed);
  return router;
};
