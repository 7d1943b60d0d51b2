/** What the API's document says about notes. */
import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { json, problems } from '../http/openapi.ts';
import { IfMatch } from '../http/precondition.ts';
import { NewNote, Note, NoteParams, NotePage, PageQuery } from './note.ts';

const ETag = z.object({ ETag: z.string().meta({ description: '`etag` of the note' }) });
const noteWithETag = { ...json(Note, 'The note'), headers: ETag };
const body = { required: true, content: json(NewNote, '').content };

export const notePaths: ZodOpenApiPathsObject = {
  '/api/notes': {
    get: {
      operationId: 'listNotes',
      summary: 'Notes, newest first, page by page',
      requestParams: { query: PageQuery },
      responses: { 200: json(NotePage, 'A page of notes'), ...problems(400, 404) },
    },
    post: {
      operationId: 'addNote',
      summary: 'Write a note',
      requestBody: body,
      responses: { 201: noteWithETag, ...problems(400, 413, 415) },
    },
  },
  '/api/notes/{id}': {
    get: {
      operationId: 'getNote',
      summary: 'One note',
      requestParams: { path: NoteParams },
      responses: { 200: noteWithETag, ...problems(400, 404) },
    },
    put: {
      operationId: 'changeNote',
      summary: 'Change a note: its author may, and an admin',
      requestParams: { path: NoteParams, header: IfMatch },
      requestBody: body,
      responses: { 200: noteWithETag, ...problems(400, 403, 404, 412, 413, 415, 428) },
    },
    delete: {
      operationId: 'deleteNote',
      summary: 'Delete a note: its author may, and an admin',
      requestParams: { path: NoteParams, header: IfMatch },
      responses: { 204: { description: 'It is gone' }, ...problems(400, 403, 404, 412, 428) },
    },
  },
};
