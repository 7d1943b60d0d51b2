/** Why a token is refused, so that whoever sets up the provider knows what to change. */
import { decodeJwt, errors, type JWTHeaderParameters, type JWTPayload } from 'jose';

/** A token that was issued for another purpose than to call an API. */
export class NotAnAccessToken extends errors.JOSEError {
  constructor(what: string) {
    super(`the token is ${what}, and not an access token`);
  }
}

/**
 * An access token of RFC 9068 says so in its header. Others are called JWT like all tokens are:
 * Keycloak then names the purpose in a claim, and ID tokens have hashes or a nonce.
 *
 * @throws {NotAnAccessToken}
 */
export function requireAccessToken(header: JWTHeaderParameters, claims: JWTPayload): void {
  const type = (header.typ ?? 'JWT').toLowerCase().replace(/^application\//, '');
  if (type === 'at+jwt') return;
  if (type !== 'jwt') throw new NotAnAccessToken(`of the type ${type}`);
  const { typ } = claims;
  if (typ !== undefined && typ !== 'Bearer')
    throw new NotAnAccessToken(`of the type ${JSON.stringify(typ)}`);
  const isForSigningIn = ['nonce', 'at_hash', 'c_hash', 's_hash'].some((name) => name in claims);
  if (isForSigningIn) throw new NotAnAccessToken('an ID token');
}

export function reasonOf(error: errors.JOSEError, token: string, audience: string): string {
  if (error instanceof NotAnAccessToken) return error.message;
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'the token is not valid';
  const claims = decodeJwt(token);
  switch (error.claim) {
    case 'aud':
      return `the token is for ${shown(claims.aud)}, and this API is ${audience}: the provider must add this audience to its access tokens`;
    case 'iss':
      return `the token is from ${shown(claims.iss)}, which is not the issuer that this API trusts`;
    default:
      return `the token is not for us: its claim ${error.claim} doesn’t fit`;
  }
}

const shown = (claim: string | string[] | undefined): string =>
  claim === undefined || claim.length === 0 ? 'nobody' : [claim].flat().join(' and ');
