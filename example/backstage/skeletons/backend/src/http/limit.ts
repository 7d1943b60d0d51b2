/** How much one caller may ask for: each user, or each address where nobody is signed in. */
import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem } from './problem.ts';

const MINUTE = 60_000;

/** Counted in this pod alone: with several, a caller may ask for that much of each. */
export const limit = (requestsPerMinute: number): RequestHandler =>
  rateLimit({
    windowMs: MINUTE,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: ({ user, ip = '' }) =>
      user ? `user ${user.subject}` : `address ${ipKeyGenerator(ip)}`,
    handler: (_req, _res, next) => {
      next(new Problem(429, 'that was too much at once: try again in a minute'));
    },
  });
