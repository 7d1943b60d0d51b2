import { beforeAll, expect, it } from 'vitest';
import { startApi, type Api } from './support/api.ts';

let api: Api;
let token: string;

beforeAll(async () => {
  api = await startApi();
  token = await api.issuer.token();
});

it.each(['null', '7', '"text"', '[]', 'true'])(
  'the body %s is told what it must be',
  async (body) => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await api.call('post', '/api/notes', { token, body, headers });
    expect(answer).toMatchObject({
      status: 400,
      body: { detail: 'the body must be a JSON object, sent as application/json' },
    });
  },
);

it('a page that is asked for twice is refused in words', async () => {
  const { status, body } = await api.call('get', '/api/notes?before=1&before=2', { token });
  expect([status, body]).toMatchObject([400, { detail: 'before must be the id of a note' }]);
});
