/** Gives each request an id, and logs it when it's over: never its query, headers or body. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from '../log.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** The caller's X-Request-Id, or ours. */
    id: string;
    /** Its lines have the request's id. */
    log: Logger;
  }
}

const SANE = /^[\w.:-]{1,64}$/;
const PROBES = new Set(['/healthz', '/readyz']);

export const requests =
  (log: Logger): RequestHandler =>
  (req, res, next) => {
    const theirs = req.get('X-Request-Id') ?? '';
    req.id = SANE.test(theirs) ? theirs : randomUUID();
    req.log = log.child({ requestId: req.id });
    res.set('X-Request-Id', req.id);
    if (!PROBES.has(req.path)) {
      const { method, path } = req;
      const start = performance.now();
      res.once('close', () => {
        const line = {
          method,
          path,
          status: res.statusCode,
          ms: Math.round(performance.now() - start),
          ip: req.ip,
          user: req.user?.subject,
        };
        req.log.info(line, res.writableFinished ? 'request' : 'request cut off');
      });
    }
    next();
  };
