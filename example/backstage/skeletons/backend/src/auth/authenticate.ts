/** Calls are made with an access token: a JWT that the issuer signed for us. */
import type { Request, RequestHandler } from 'express';
import { errors, jwtVerify } from 'jose';
import type { Config } from '../config.ts';
import { Problem } from '../http/problem.ts';
import { keysOf } from './issuer.ts';
import { reasonOf, requireAccessToken } from './refusal.ts';
import { userOf, type User } from './user.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Who calls. Nobody without a valid token. */
    user?: User;
    /** Why the token isn't valid. */
    refusal?: Problem;
  }
}

/** Signed with a key that the issuer alone has. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const SECONDS_OF_CLOCK_SKEW = 5;

/** Finds out who calls. It refuses nobody yet: calls without a valid token are to be counted. */
export function identify(config: Config['auth']): RequestHandler {
  const { issuer, audience } = config;
  const keys = keysOf(issuer);
  const options = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: SECONDS_OF_CLOCK_SKEW,
    requiredClaims: ['sub', 'exp'],
  };
  return async (req, _res, next) => {
    const token = /^Bearer +(\S+)$/i.exec(req.get('Authorization') ?? '')?.[1];
    if (token !== undefined) {
      try {
        const { payload, protectedHeader } = await jwtVerify<{ sub: string }>(token, keys, options);
        requireAccessToken(protectedHeader, payload);
        req.user = userOf(payload, config);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        req.refusal = unauthorized(
          reasonOf(error, token, audience),
          'Bearer error="invalid_token"',
        );
      }
    }
    next();
  };
}

export const requireUser: RequestHandler = (req, _res, next) => {
  callerOf(req);
  next();
};

/** @throws {Problem} 401 */
export function callerOf({ user, refusal }: Request): User {
  if (user) return user;
  throw refusal ?? unauthorized('the call has no bearer token', 'Bearer');
}

const unauthorized = (detail: string, challenge: string): Problem =>
  new Problem(401, detail, { headers: { 'WWW-Authenticate': challenge } });
