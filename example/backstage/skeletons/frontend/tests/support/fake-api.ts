/** An API that keeps notes in memory. */
import { http, HttpResponse } from 'msw';
import type { Me } from '../../src/profile/me.ts';
import type { Note } from '../../src/notes/note.ts';
import { server } from './server.ts';

export const ADA: Me = { subject: 'ada', name: 'Ada Lovelace', roles: ['admin'] };
export const GRACE: Me = { subject: 'grace', name: 'Grace Hopper', roles: [] };

export const note = (id: number, author: string, text = `note ${id}`): Note => ({
  id: String(id),
  text,
  author,
  createdAt: '2026-05-04T10:00:00.000Z',
});

/** Answers as the backend does; `notes` are newest first. */
export function fakeApi({ me = GRACE, notes = [] as Note[] } = {}): { readonly notes: Note[] } {
  const kept = [...notes];
  server.use(
    http.get('/api/me', () => HttpResponse.json(me)),
    http.get('/api/notes', ({ request }) => HttpResponse.json(pageOf(kept, new URL(request.url)))),
    http.post<never, { text: string }>('/api/notes', async ({ request }) => {
      const { text } = await request.json();
      const added = note(kept.length + 100, me.subject, text);
      kept.unshift(added);
      return HttpResponse.json(added, { status: 201 });
    }),
    http.delete('/api/notes/:id', ({ params }) => {
      kept.splice(
        kept.findIndex(({ id }) => id === params.id),
        1,
      );
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return { notes: kept };
}

function pageOf(notes: readonly Note[], { searchParams }: URL) {
  const before = searchParams.get('before');
  const start = before === null ? 0 : notes.findIndex(({ id }) => id === before) + 1;
  const items = notes.slice(start, start + Number(searchParams.get('limit')));
  const more = start + items.length < notes.length;
  return { items, next: more ? (items.at(-1)?.id ?? null) : null };
}

export const problem = (status: number, detail: string) =>
  HttpResponse.json(
    { type: 'about:blank', title: 'Problem', status, detail, requestId: 'request-1' },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );
