/** Calls of Grace about notes, unless another token is given. */
import { expect } from 'vitest';
import type { Note, NotePage } from '../../src/notes/note.ts';
import type { Answer, Api } from './api.ts';

export interface Notes {
  /** Ada's token: she is an admin. */
  readonly ada: string;
  readonly clear: () => Promise<unknown>;
  readonly add: (text: string, token?: string) => Promise<Note>;
  readonly post: (body: unknown) => Promise<Answer>;
  readonly get: (path: string) => Promise<Answer>;
  readonly list: (query?: string) => Promise<NotePage>;
  /** Without an etag, no If-Match is sent. */
  readonly put: (note: Note, text: string, etag?: string, token?: string) => Promise<Answer>;
  readonly remove: (note: Note, etag?: string, token?: string) => Promise<Answer>;
}

export async function notesOf(api: Api): Promise<Notes> {
  const ada = await api.issuer.token({ sub: 'ada', name: 'Ada', roles: ['admin'] });
  const grace = await api.issuer.token();
  const post = (body: unknown, token = grace) => api.call('post', '/api/notes', { token, body });
  const get = (path: string) => api.call('get', path, { token: grace });
  const ifMatch = (etag?: string) => (etag === undefined ? {} : { 'If-Match': etag });
  return {
    ada,
    clear: () => api.database.query('truncate notes'),
    post,
    get,
    add: async (text, token) => {
      const { status, body } = await post({ text }, token);
      expect(status).toBe(201);
      return body as Note;
    },
    list: async (query = '') => {
      const { status, body } = await get(`/api/notes${query}`);
      expect(status).toBe(200);
      return body as NotePage;
    },
    put: ({ id }, text, etag, token = grace) =>
      api.call('put', `/api/notes/${id}`, { token, body: { text }, headers: ifMatch(etag) }),
    remove: ({ id }, etag, token = grace) =>
      api.call('delete', `/api/notes/${id}`, { token, headers: ifMatch(etag) }),
  };
}
