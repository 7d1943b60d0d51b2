import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Note, NotePage } from '../src/notes/note.ts';
import { startApi, type Api } from './support/api.ts';

let api: Api;
let ada: string;
let grace: string;

beforeAll(async () => {
  api = await startApi();
  ada = await api.issuer.token({ sub: 'ada', roles: ['admin'] });
  grace = await api.issuer.token();
});

beforeEach(async () => {
  await api.database.query('truncate notes');
});

const add = async (text: string, token = grace): Promise<Note> => {
  const { status, body } = await api.call('post', '/api/notes', { token, body: { text } });
  expect(status).toBe(201);
  return body as Note;
};

const list = async (query = ''): Promise<NotePage> => {
  const { status, body } = await api.call('get', `/api/notes${query}`, { token: grace });
  expect(status).toBe(200);
  return body as NotePage;
};

describe('a new note', () => {
  it('is answered as it was kept, by whom the token says', async () => {
    const note = await add('  Buy milk\nand eggs ');
    expect(note).toMatchObject({ text: 'Buy milk\nand eggs', author: 'grace' });
    expect(Date.now() - Date.parse(note.createdAt)).toBeLessThan(10_000);
    expect(await list()).toEqual({ items: [note], next: null });
  });

  it('may have 280 characters', async () => {
    expect((await add('é'.repeat(280))).text).toHaveLength(280);
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
    const answer = await api.call('post', '/api/notes', { token: grace, body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ title: 'Bad Request', status: 400, detail });
    const [field, ...rest] = detail.split(' ');
    if (field === 'text') {
      expect(answer.body).toMatchObject({ errors: [{ field, detail: rest.join(' ') }] });
    }
    expect((await list()).items).toEqual([]);
  });
});

describe('the list', () => {
  it('has the newest first, page by page, each once', async () => {
    const added: Note[] = [];
    for (const text of ['1', '2', '3', '4', '5']) added.unshift(await add(text));
    const first = await list('?limit=2');
    const second = await list(`?limit=2&before=${first.next ?? ''}`);
    await add('written meanwhile');
    const third = await list(`?limit=2&before=${second.next ?? ''}`);
    expect([...first.items, ...second.items, ...third.items]).toEqual(added);
    expect(third.next).toBeNull();
  });

  it('ends where a page is just full', async () => {
    await add('1');
    await add('2');
    expect((await list('?limit=2')).next).toBeNull();
  });

  it('has 20 notes a page unless asked otherwise', async () => {
    await api.database.query(
      `insert into notes (text, author) select 'x', 'ada' from generate_series(1, 21)`,
    );
    expect((await list()).items).toHaveLength(20);
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
    const { status, body } = await api.call('get', `/api/notes?${query}`, { token: grace });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: query.split('=')[0] }] });
  });
});

describe('deleting a note', () => {
  const remove = (id: string, token: string) => api.call('delete', `/api/notes/${id}`, { token });

  it('is for its author', async () => {
    const { id } = await add('mine');
    expect((await remove(id, grace)).status).toBe(204);
    expect((await list()).items).toEqual([]);
  });

  it('is for an admin', async () => {
    const { id } = await add('hers');
    expect((await remove(id, ada)).status).toBe(204);
  });

  it('is not for anybody else', async () => {
    const note = await add('his', ada);
    const { status, body } = await remove(note.id, grace);
    expect(status).toBe(403);
    expect(body).toMatchObject({ detail: 'only its author or an admin may delete a note' });
    expect((await list()).items).toEqual([note]);
  });

  it('is impossible once it is gone', async () => {
    const { id } = await add('mine');
    await remove(id, grace);
    expect((await remove(id, grace)).status).toBe(404);
  });

  it.each(['x', '0', '-1', '9223372036854775808', "1' or '1'='1"])(
    'is refused where %s is no id',
    async (id) => {
      expect((await remove(encodeURIComponent(id), ada)).status).toBe(400);
    },
  );
});
