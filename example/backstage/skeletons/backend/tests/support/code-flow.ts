/** Signs in as a browser would: the authorization code flow with PKCE. */
import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';

export const CALLBACK = 'http://localhost:5173/signin/callback';

/** A browser, as far as it keeps cookies and stops before it leaves for the frontend. */
function createBrowser() {
  const jar = new Map<string, string>();
  return async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    return response;
  };
}

const Tokens = z.object({ access_token: z.string(), id_token: z.string() });

export async function signIn(issuer: string, name: string, extra: Record<string, string> = {}) {
  const browse = createBrowser();
  const follow = async (response: Response): Promise<string> => {
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
    const next = new URL(location, issuer).href;
    if (next.startsWith(CALLBACK)) return next;
    if (next.includes('/signin/')) {
      const body = new URLSearchParams({ name });
      return follow(await browse(next, { method: 'POST', body }));
    }
    return follow(await browse(next));
  };

  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'dev',
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile',
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...extra,
  });
  const back = new URL(await follow(await browse(`${issuer}/auth?${query.toString()}`)));

  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { origin: 'http://localhost:5173' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'dev',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: verifier,
    }),
  });
  const tokens = Tokens.parse(await response.json());
  return { ...tokens, allowedOrigin: response.headers.get('access-control-allow-origin'), browse };
}
