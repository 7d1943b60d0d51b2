import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Note } from '../src/notes/note.ts';
import { startApi } from './support/api.ts';
import { notesOf, type Notes } from './support/notes.ts';

let notes: Notes;

beforeAll(async () => {
  notes = await notesOf(await startApi());
});

beforeEach(() => notes.clear());

describe('changing a note', () => {
  it('keeps the change, under a new ETag', async () => {
    const note = await notes.add('frist');
    const { status, body, headers } = await notes.put(note, ' first ', note.etag);
    expect(status).toBe(200);
    const changed = body as Note;
    expect(changed).toEqual({
      ...note,
      text: 'first',
      etag: expect.not.stringMatching(note.etag) as string,
      updatedAt: expect.any(String) as string,
    });
    expect(Date.parse(changed.updatedAt)).toBeGreaterThan(Date.parse(note.updatedAt));
    expect(headers.etag).toBe(changed.etag);
    expect((await notes.get(`/api/notes/${note.id}`)).body).toEqual(changed);
  });

  it('overwrites nothing that one hasn’t seen', async () => {
    const note = await notes.add('mine');
    await notes.put(note, 'changed meanwhile', note.etag);
    const { status, body } = await notes.put(note, 'from the old state', note.etag);
    expect(status).toBe(412);
    expect(body).toMatchObject({ detail: 'the note has changed since you read it: read it again' });
    expect((await notes.list()).items[0]?.text).toBe('changed meanwhile');
  });

  it('is done once, though two ask for it at the same time', async () => {
    const note = await notes.add('mine');
    const answers = await Promise.all(['a', 'b'].map((text) => notes.put(note, text, note.etag)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('needs the ETag', async () => {
    const note = await notes.add('mine');
    const { status, body } = await notes.put(note, 'blindly');
    expect(status).toBe(428);
    expect(body).toMatchObject({
      detail: 'read the note first, and send its etag as the header If-Match',
    });
  });

  it.each(['*', '"7", "1"'])('takes If-Match: %s', async (etag) => {
    expect((await notes.put(await notes.add('mine'), 'changed', etag)).status).toBe(200);
  });

  it('needs a text', async () => {
    const note = await notes.add('mine');
    const { status, body } = await notes.put(note, '', note.etag);
    expect(status).toBe(400);
    expect(body).toMatchObject({ detail: 'text must not be empty' });
  });
});

describe.each([
  ['changing', (note: Note, token?: string) => notes.put(note, 'new', note.etag, token), 200],
  ['deleting', (note: Note, token?: string) => notes.remove(note, note.etag, token), 204],
] as const)('%s a note', (_what, act, done) => {
  it('is for its author', async () => {
    expect((await act(await notes.add('mine'))).status).toBe(done);
  });

  it('is for an admin', async () => {
    expect((await act(await notes.add('hers'), notes.ada)).status).toBe(done);
  });

  it('is not for anybody else', async () => {
    const note = await notes.add('his', notes.ada);
    const { status, body } = await act(note);
    expect(status).toBe(403);
    expect(body).toMatchObject({
      detail: 'only its author or an admin may change or delete a note',
    });
    expect((await notes.list()).items).toEqual([{ ...note, isMine: false, mayChange: false }]);
  });

  it('is impossible once it is gone', async () => {
    const note = await notes.add('mine');
    await notes.remove(note, note.etag);
    expect((await act(note)).status).toBe(404);
  });
});

it('a note that was changed is not deleted by mistake', async () => {
  const note = await notes.add('mine');
  await notes.put(note, 'changed', note.etag);
  expect((await notes.remove(note, note.etag)).status).toBe(412);
  expect((await notes.remove(note)).status).toBe(428);
  expect((await notes.list()).items).toHaveLength(1);
});
