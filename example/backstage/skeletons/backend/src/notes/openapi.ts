/** What the API's document says about notes. */
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { json, problems } from '../http/openapi.ts';
import { NewNote, Note, NoteParams, NotePage, PageQuery } from './note.ts';

export const notePaths: ZodOpenApiPathsObject = {
  '/api/notes': {
    get: {
      operationId: 'listNotes',
      summary: 'Notes, newest first, page by page',
      requestParams: { query: PageQuery },
      responses: { 200: json(NotePage, 'A page of notes'), ...problems(400) },
    },
    post: {
      operationId: 'addNote',
      summary: 'Write a note',
      requestBody: { required: true, content: json(NewNote, '').content },
      responses: { 201: json(Note, 'The note'), ...problems(400, 413, 415) },
    },
  },
  '/api/notes/{id}': {
    delete: {
      operationId: 'deleteNote',
      summary: 'Delete a note: its author may, and an admin',
      requestParams: { path: NoteParams },
      responses: { 204: { description: 'It is gone' }, ...problems(400, 403, 404) },
    },
  },
};
