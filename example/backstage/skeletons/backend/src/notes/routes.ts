/** `/api/notes`. Paths are written out in full, for they name the route in metrics. */
import { Router, type Request, type Response } from 'express';
import { callerOf } from '../auth/authenticate.ts';
import type { User } from '../auth/user.ts';
import type { Database, Queries } from '../db/database.ts';
import { requireMatch } from '../http/precondition.ts';
import { methodNotAllowed, Problem } from '../http/problem.ts';
import { valid } from '../http/valid.ts';
import { mayChange, NewNote, NoteParams, PageQuery, type Note, type NotePage } from './note.ts';
import * as store from './store.ts';

export function noteRoutes(database: Database): Router {
  const router = Router();

  router
    .route('/api/notes')
    .get(async (req, res) => {
      res.json(await pageFor(callerOf(req), database, valid(PageQuery, req.query)));
    })
    .post(async (req, res) => {
      const { text } = valid(NewNote, req.body);
      const user = callerOf(req);
      const note = await database.transaction(async (queries) =>
        existing(queries, await store.add(queries, text, user)),
      );
      res.status(201).location(`/api/notes/${note.id}`);
      sendNote(res, shown(note, user));
    })
    .all(methodNotAllowed);

  router
    .route('/api/notes/:id')
    .get(async (req, res) => {
      const { id } = valid(NoteParams, req.params);
      sendNote(res, shown(await existing(database, id), callerOf(req)));
    })
    .put(async (req, res) => {
      const { text } = valid(NewNote, req.body);
      const note = await database.transaction(async (queries) => {
        const id = await lockedFor(req, queries);
        await store.change(queries, id, text);
        return existing(queries, id);
      });
      sendNote(res, shown(note, callerOf(req)));
    })
    .delete(async (req, res) => {
      await database.transaction(async (queries) => {
        await store.remove(queries, await lockedFor(req, queries));
      });
      res.status(204).end();
    })
    .all(methodNotAllowed);

  return router;
}

async function pageFor(user: User, queries: Queries, query: PageQuery): Promise<NotePage> {
  const { notes, hasMore } = await store.page(queries, query);
  if (query.before !== undefined && notes.length === 0) {
    throw new Problem(404, `the list ends before note ${query.before}: there is no further page`);
  }
  const items = notes.map((note) => shown(note, user));
  return { items, next: hasMore ? (items.at(-1)?.id ?? null) : null };
}

/** The id of the note that a call is about to change. Nobody else changes it meanwhile. */
async function lockedFor(req: Request, queries: Queries): Promise<string> {
  const { id } = valid(NoteParams, req.params);
  const note = await store.lock(queries, id);
  if (!note) throw missing(id);
  if (!mayChange(callerOf(req), note.author)) {
    throw new Problem(403, 'only its author or an admin may change or delete a note');
  }
  requireMatch(req, etagOf(note), 'note');
  return id;
}

async function existing(queries: Queries, id: string): Promise<store.StoredNote> {
  const note = await store.find(queries, id);
  if (!note) throw missing(id);
  return note;
}

const missing = (id: string): Problem => new Problem(404, `there is no note ${id}`);

const etagOf = ({ version }: store.StoredNote): string => `"${version}"`;

const shown = (note: store.StoredNote, user: User): Note => ({
  id: note.id,
  text: note.text,
  author: note.authorName,
  isMine: note.author === user.subject,
  mayChange: mayChange(user, note.author),
  etag: etagOf(note),
  createdAt: note.createdAt.toISOString(),
  updatedAt: note.updatedAt.toISOString(),
});

const sendNote = (res: Response, note: Note): void => {
  res.set('ETag', note.etag).json(note);
};
