/** For answers that are data about people: never pages, and not to be kept. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

export const headers: RequestHandler[] = [
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: false, // The Gateway's.
  }),
  noStore,
];
