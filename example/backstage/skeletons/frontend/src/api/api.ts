/** Calls the API as the user who is signed in. What may be called is in `schema.ts`. */
import createClient, { type Client } from 'openapi-fetch';
import type { Session } from '../auth/session.ts';
import { Problem, problemOf, SignedOut, unreachable, unreadable } from './problem.ts';
import type { paths } from './schema.ts';

/** Its calls reject with a `Problem` if the API says no, or nothing that can be understood. */
export type Api = Client<paths>;

export function createApi(session: Pick<Session, 'token' | 'isNew'>): Api {
  const api = createClient<paths>({ baseUrl: location.origin, fetch: reach });
  api.use({
    async onRequest({ request }) {
      const token = await session.token();
      if (token === undefined) throw new SignedOut();
      request.headers.set('Authorization', `Bearer ${token}`);
      return request;
    },
    async onResponse({ response }) {
      if (!response.ok) throw await problemOf(response, session.isNew());
      const type = response.headers.get('Content-Type') ?? '';
      // A page, say: of a proxy in between.
      if (response.status !== 204 && !/\bjson\b/.test(type)) throw unreadable(response.status);
    },
  });
  return api;
}

/** The data of an answer. */
export async function dataOf<T>(call: Promise<{ readonly data?: T }>): Promise<T> {
  const { data } = await call.catch((error: unknown) => {
    throw error instanceof SyntaxError ? unreadable(200, error) : error;
  });
  return data as T; // Without data the call would have been rejected.
}

const reach = (request: Request): Promise<Response> =>
  fetch(request).catch((error: unknown) => {
    const isCancelled = error instanceof DOMException && error.name === 'AbortError';
    throw isCancelled ? error : unreachable(error);
  });

export const isMissing = (error: unknown): boolean =>
  error instanceof Problem && error.status === 404;
