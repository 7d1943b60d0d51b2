/** `/api/notes`. Paths are written out in full, for they name the route in metrics. */
import { Router } from 'express';
import { callerOf } from '../auth/authenticate.ts';
import { methodNotAllowed, Problem } from '../http/problem.ts';
import { valid } from '../http/valid.ts';
import { mayDelete, NewNote, NoteParams, PageQuery } from './note.ts';
import type { NoteStore } from './store.ts';

export function noteRoutes(notes: NoteStore): Router {
  const router = Router();

  router
    .route('/api/notes')
    .get(async (req, res) => {
      res.json(await notes.page(valid(PageQuery, req.query)));
    })
    .post(async (req, res) => {
      const { text } = valid(NewNote, req.body);
      res.status(201).json(await notes.add(text, callerOf(req).subject));
    })
    .all(methodNotAllowed);

  router
    .route('/api/notes/:id')
    .delete(async (req, res) => {
      const { id } = valid(NoteParams, req.params);
      const note = await notes.find(id);
      if (!note) throw new Problem(404, `there is no note ${id}`);
      if (!mayDelete(callerOf(req), note)) {
        throw new Problem(403, 'only its author or an admin may delete a note');
      }
      await notes.remove(id);
      res.status(204).end();
    })
    .all(methodNotAllowed);

  return router;
}
