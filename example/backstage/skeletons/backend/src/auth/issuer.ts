/** The keys of the OpenID provider: found by its discovery document, and kept. */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { Unavailable } from '../unavailable.ts';

const ANSWERS_WITHIN = 5_000;

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Rejects with `Unavailable` if the issuer doesn't answer; else with what is wrong with the token. */
export function keysOf(issuer: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const found = () =>
    (keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    }));
  return async (header, token) => {
    try {
      const key = await found();
      return await key(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      throw new Unavailable('the OpenID provider', error);
    }
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWERS_WITHIN) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const metadata = Metadata.parse(await response.json());
  if (metadata.issuer !== issuer) {
    throw new Error(`OIDC_ISSUER must be as the issuer calls itself: ${metadata.issuer}`);
  }
  return createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: ANSWERS_WITHIN });
}

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
