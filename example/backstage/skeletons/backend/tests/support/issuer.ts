/** An OpenID provider, as far as the API sees it. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';

export const AUDIENCE = 'test-api';
const KEY = { kid: 'key-1', alg: 'ES256' };

export interface FakeIssuer {
  readonly url: string;
  /** A token for Grace, unless the claims say otherwise. */
  readonly token: (
    claims?: Readonly<Record<string, unknown>>,
    header?: { readonly typ?: string | undefined },
  ) => Promise<string>;
  /** How often it was asked for its keys. */
  readonly asked: () => number;
  /** Whether it answers with an error. */
  broken: boolean;
  readonly stop: () => Promise<void>;
}

export async function startIssuer(): Promise<FakeIssuer> {
  const { privateKey, publicKey } = await generateKeyPair(KEY.alg);
  const jwk = { ...(await exportJWK(publicKey)), ...KEY };
  let asked = 0;
  const answer: RequestListener = ({ url }, res) => {
    if (issuer.broken) res.writeHead(500).end();
    else if (url === '/keys') {
      asked += 1;
      res.end(JSON.stringify({ keys: [jwk] }));
    } else res.end(JSON.stringify({ issuer: issuer.url, jwks_uri: `${issuer.url}/keys` }));
  };
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer: FakeIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: (claims, header) =>
      new SignJWT({ ...claimsOf(issuer.url), ...claims })
        .setProtectedHeader({ ...KEY, ...header } as JWTHeaderParameters)
        .sign(privateKey),
    asked: () => asked,
    broken: false,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return issuer;
}

export const claimsOf = (issuer: string): JWTPayload => {
  const now = Math.floor(Date.now() / 1000);
  return { iss: issuer, aud: AUDIENCE, sub: 'grace', name: 'Grace', iat: now, exp: now + 60 };
};
