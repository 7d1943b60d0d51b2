/** Calls the API as the user who is signed in. */
import * as v from 'valibot';
import type { Session } from '../auth/session.ts';
import { problemOf, signedOut } from './problem.ts';

type Schema<T> = v.GenericSchema<unknown, T>;

/** All reject with a `Problem` if the API says no. */
export interface Api {
  get<T>(path: string, schema: Schema<T>, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body: unknown, schema: Schema<T>): Promise<T>;
  delete(path: string): Promise<void>;
}

export function createApi(session: Pick<Session, 'token'>): Api {
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const token = await session.token();
    if (token === undefined) throw signedOut();
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${token}`);
    const response = await fetch(`/api${path}`, { ...init, headers });
    if (!response.ok) throw await problemOf(response);
    return response;
  };

  return {
    async get(path, schema, signal) {
      const response = await send(path, signal ? { signal } : {});
      return v.parse(schema, await response.json());
    },
    async post(path, body, schema) {
      const headers = { 'Content-Type': 'application/json' };
      const response = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
      return v.parse(schema, await response.json());
    },
    async delete(path) {
      await send(path, { method: 'DELETE' });
    },
  };
}
