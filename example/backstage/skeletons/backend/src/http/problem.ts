/** What went wrong, as callers see it: RFC 9457's `application/problem+json`. */
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import * as z from 'zod';
import { Unavailable } from '../unavailable.ts';

export const ProblemDocument = z
  .object({
    type: z.string().meta({ description: 'always about:blank: the status says it' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    requestId: z.string().meta({ description: 'finds the request in our logs' }),
    errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong (RFC 9457)' });

export type FieldError = NonNullable<z.output<typeof ProblemDocument>['errors']>[number];

interface More extends ErrorOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly errors?: readonly FieldError[];
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[] | undefined;

  /** @param detail - for people, and for everybody: no internals */
  constructor(status: number, detail: string, { headers = {}, errors, cause }: More = {}) {
    super(detail, { cause });
    this.status = status;
    this.headers = headers;
    this.errors = errors;
  }
}

export const notFound: RequestHandler = (req) => {
  throw new Problem(404, `there is nothing at ${req.path}`);
};

/** Ends a route: what it has no method for. */
export const methodNotAllowed: RequestHandler = (req) => {
  const { methods } = req.route as { methods: Readonly<Record<string, boolean>> };
  const allowed = Object.keys(methods).filter((method) => method !== '_all');
  const headers = { Allow: allowed.join(', ').toUpperCase() };
  throw new Problem(405, `${req.method} is not possible here`, { headers });
};

export const sendProblem: ErrorRequestHandler = (error, req, res, next) => {
  const problem = problemOf(error);
  if (problem.status >= 500) req.log.error({ err: error as unknown }, problem.message);
  if (res.headersSent) {
    next(error); // Express then cuts the connection, so that nobody takes half an answer for one.
    return;
  }
  const { status, message, headers, errors } = problem;
  const document: z.output<typeof ProblemDocument> = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    requestId: req.id,
    ...(errors && { errors: [...errors] }),
  };
  res.status(status).set(headers).type('application/problem+json').send(JSON.stringify(document));
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Unavailable) {
    return new Problem(503, error.message, { headers: { 'Retry-After': '5' } });
  }
  const { status, type, limit } = error as { status?: unknown; type?: unknown; limit?: unknown };
  if (type === 'entity.too.large') {
    return new Problem(413, `the body is too large: at most ${Number(limit) / 1024} KiB are taken`);
  }
  return typeof status === 'number' && status >= 400 && status < 500
    ? new Problem(status, BODY[String(type)] ?? 'the request is malformed')
    : new Problem(500, 'something went wrong on our side');
}

/** What Express says about a body may quote it. */
const BODY: Readonly<Record<string, string>> = {
  'entity.parse.failed': 'the body is not valid JSON',
  'charset.unsupported': 'the body must be UTF-8',
  'encoding.unsupported': 'the body is compressed in a way that is not supported',
};
