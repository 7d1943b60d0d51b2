import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type Api } from './support/api.ts';
import { notesOf, type Notes } from './support/notes.ts';

let api: Api;
let notes: Notes;

beforeAll(async () => {
  api = await startApi();
  notes = await notesOf(api);
});

beforeEach(() => notes.clear());

describe('a new note', () => {
  it('is answered as it was kept, by whom the token says', async () => {
    const note = await notes.add('  Buy milk\nand eggs ');
    expect(note).toMatchObject({
      text: 'Buy milk\nand eggs',
      author: 'Grace',
      isMine: true,
      mayChange: true,
    });
    expect(Date.now() - Date.parse(note.createdAt)).toBeLessThan(10_000);
    expect(note.updatedAt).toBe(note.createdAt);
    expect(await notes.list()).toEqual({ items: [note], next: null });
  });

  it('says where it is', async () => {
    const { headers, body } = await notes.post({ text: 'here' });
    expect((await notes.get(headers.location ?? '')).body).toEqual(body);
  });

  it('may have 280 characters', async () => {
    expect((await notes.add('é'.repeat(280))).text).toHaveLength(280);
  });

  it('brings the author’s name of today to all of theirs', async () => {
    await notes.add('before');
    await notes.add('after', await api.issuer.token({ name: 'Grace Hopper' }));
    const { items } = await notes.list();
    expect(items.map(({ author }) => author)).toEqual(['Grace Hopper', 'Grace Hopper']);
  });

  it.each([
    [{}, 'text must be text'],
    [{ text: 7 }, 'text must be text'],
    [{ text: ' \n ' }, 'text must not be empty'],
    [{ text: 'x'.repeat(281) }, 'text must have at most 280 characters'],
    [{ text: 'a\0b' }, 'text must not have a NUL character'],
    [[], 'the body must be a JSON object, sent as application/json'],
    [undefined, 'the body must be a JSON object, sent as application/json'],
  ])('of %j is refused, and the field named', async (body, detail) => {
    const answer = await notes.post(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ title: 'Bad Request', status: 400, detail });
    const [field, ...rest] = detail.split(' ');
    if (field === 'text') {
      expect(answer.body).toMatchObject({ errors: [{ field, detail: rest.join(' ') }] });
    }
    expect((await notes.list()).items).toEqual([]);
  });

  it('that is far too large is refused before it is read', async () => {
    const { status, body } = await notes.post({ text: 'x'.repeat(200_000) });
    expect(status).toBe(413);
    expect(body).toMatchObject({ detail: 'the body is too large: at most 100 KiB are taken' });
  });
});

describe('the list', () => {
  it('has the newest first, page by page, each once', async () => {
    const added = [];
    for (const text of ['1', '2', '3', '4', '5']) added.unshift(await notes.add(text));
    const first = await notes.list('?limit=2');
    const second = await notes.list(`?limit=2&before=${first.next ?? ''}`);
    await notes.add('written meanwhile');
    const third = await notes.list(`?limit=2&before=${second.next ?? ''}`);
    expect([...first.items, ...second.items, ...third.items]).toEqual(added);
    expect(third.next).toBeNull();
  });

  it('ends where a page is just full', async () => {
    await notes.add('1');
    await notes.add('2');
    expect((await notes.list('?limit=2')).next).toBeNull();
  });

  it('has no page beyond its end, and says so', async () => {
    const { id } = await notes.add('the only one');
    const { status, body } = await notes.get(`/api/notes?before=${id}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({
      detail: `the list ends before note ${id}: there is no further page`,
    });
  });

  it('has 20 notes a page unless asked otherwise', async () => {
    await notes.add('the first');
    await api.database.query(
      `insert into notes (text, author) select 'x', 'grace' from generate_series(1, 20)`,
    );
    expect((await notes.list()).items).toHaveLength(20);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'limit=1.5',
    'limit=1&limit=2',
    'before=x',
    'before=',
  ])('with ?%s is refused, and the parameter named', async (query) => {
    const { status, body } = await notes.get(`/api/notes?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: query.split('=')[0] }] });
  });
});

describe('one note', () => {
  it('has its state as its ETag', async () => {
    const note = await notes.add('read me');
    const { headers, body } = await notes.get(`/api/notes/${note.id}`);
    expect(body).toEqual(note);
    expect(headers.etag).toBe(note.etag);
  });

  it('that nobody wrote isn’t there', async () => {
    const { status, body } = await notes.get('/api/notes/999999');
    expect(status).toBe(404);
    expect(body).toMatchObject({ detail: 'there is no note 999999' });
  });

  it.each(['x', '0', '-1', '9223372036854775808', "1' or '1'='1"])(
    'is refused where %s is no id',
    async (id) => {
      expect((await notes.get(`/api/notes/${encodeURIComponent(id)}`)).status).toBe(400);
    },
  );

  it('is refused where its id is encoded in no way', async () => {
    const { status, body } = await notes.get('/api/notes/%E0%A4%A');
    expect(status).toBe(400);
    expect(body).toMatchObject({ detail: 'the request is malformed' });
  });
});
