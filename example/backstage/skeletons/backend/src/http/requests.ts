/** Gives each request an id, and logs it when it's over: never its query, headers or body. */
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../log.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** The caller's X-Request-Id, or ours. */
    id: string;
  }
}

const SANE = /^[\w.:-]{1,64}$/;
const PROBES = new Set(['/healthz', '/readyz']);

export const requests = (log: Logger): RequestHandler =>
  pinoHttp<Request, Response>({
    logger: log,
    genReqId: (req, res) => {
      const theirs = req.get('X-Request-Id') ?? '';
      const id = SANE.test(theirs) ? theirs : randomUUID();
      res.set('X-Request-Id', id);
      return id;
    },
    customAttributeKeys: { reqId: 'requestId' },
    quietReqLogger: true,
    quietResLogger: true,
    wrapSerializers: false, // The log's own are right.
    autoLogging: { ignore: ({ path }) => PROBES.has(path) },
    customSuccessObject: lineOf,
    customSuccessMessage: saidOf,
    customErrorObject: lineOf,
    customErrorMessage: saidOf,
  });

const lineOf = (req: Request, res: Response, ...rest: readonly unknown[]) => ({
  method: req.method,
  path: pathOf(req.originalUrl),
  status: res.statusCode,
  ms: (rest.at(-1) as { readonly responseTime: number }).responseTime,
  ip: req.ip,
  user: req.user?.subject,
  /** Why a token was refused: without it, a wrong audience can't be told from an old token. */
  refusal: req.refusal?.message,
});

const saidOf = (_req: Request, res: Response): string =>
  res.writableFinished ? 'request' : 'request cut off';

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;
