/** An API that keeps notes in memory, and answers as the backend does. */
import { http, HttpResponse } from 'msw';
import type { Note } from '../../src/notes/note.ts';
import { problem } from './fake-api.ts';
import { server } from './server.ts';

const WRITTEN = '2026-05-04T10:00:00.000Z';

/** Of the caller, unless an author is named, whose note the caller may not change. */
export const note = (id: number, text = `note ${id}`, author?: string): Note => ({
  id: String(id),
  text,
  author: author ?? 'Grace Hopper',
  isMine: author === undefined,
  mayChange: author === undefined,
  etag: '"1"',
  createdAt: WRITTEN,
  updatedAt: WRITTEN,
});

/** `notes` are newest first. */
export function fakeNotes(...notes: readonly Note[]): { readonly notes: Note[] } {
  const kept = [...notes];
  const at = (id: unknown) => kept.findIndex((each) => each.id === id);
  server.use(
    http.get('/api/notes', ({ request }) => HttpResponse.json(pageOf(kept, new URL(request.url)))),
    http.post<never, { text: string }>('/api/notes', async ({ request }) => {
      const added = note(kept.length + 100, (await request.json()).text);
      kept.unshift(added);
      return HttpResponse.json(added, { status: 201 });
    }),
    http.put<{ id: string }, { text: string }>('/api/notes/:id', async ({ request, params }) => {
      const before = kept[at(params.id)];
      if (before === undefined) return problem(404, 'there is no such note');
      if (request.headers.get('If-Match') !== before.etag) return problem(412, 'it has changed');
      const { text } = await request.json();
      const changed = { ...before, text, etag: '"2"', updatedAt: '2026-05-05T10:00:00.000Z' };
      kept[at(params.id)] = changed;
      return HttpResponse.json(changed);
    }),
    http.delete('/api/notes/:id', ({ params }) => {
      kept.splice(at(params.id), 1);
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
