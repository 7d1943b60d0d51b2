/** Who may delete what: the page offers no more than the API allows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { note, remove, signIn, write } from '../support/people.js';
import { story } from '../support/visitor.js';

test(
  'ada writes a note',
  story(async (page) => {
    await signIn(page, 'ada');
    await write(page, 'Written by ada');
  }),
);

test(
  'grace can’t delete it, neither by the page nor by the API',
  story(async (page, complaints) => {
    complaints.allow(/status of 403/);
    await signIn(page, 'grace');
    await note(page, 'Written by ada').waitFor();
    assert.equal(await note(page, 'Written by ada').getByRole('button').count(), 0);
    const { status, type, problem } = await page.evaluate(deleteByApi, 'Written by ada');
    assert.equal(status, 403);
    assert.match(type, /^application\/problem\+json/);
    assert.ok(problem.requestId, 'the problem names its request');
    await page.reload();
    await note(page, 'Written by ada').waitFor();
  }),
);

test(
  'grace deletes her own, and keeps one',
  story(async (page) => {
    await signIn(page, 'grace');
    await write(page, 'Deleted by grace');
    await write(page, 'Deleted by ada');
    await remove(page, 'Deleted by grace');
    await page.reload();
    await note(page, 'Deleted by ada').waitFor();
    assert.equal(await note(page, 'Deleted by grace').count(), 0);
  }),
);

test(
  'ada, an admin, deletes grace’s',
  story(async (page) => {
    await signIn(page, 'ada');
    await remove(page, 'Deleted by ada');
  }),
);

/** In the page: asks the API to delete a note, with the token of who is signed in. */
async function deleteByApi(text) {
  const stored = Object.entries(sessionStorage).find(([key]) => key.startsWith('oidc.user:'));
  const headers = { Authorization: `Bearer ${JSON.parse(stored[1]).access_token}` };
  const { items } = await (await fetch('/api/notes', { headers })).json();
  const { id, etag } = items.find((each) => each.text === text);
  const ifMatch = { ...headers, 'If-Match': etag };
  const answer = await fetch(`/api/notes/${id}`, { method: 'DELETE', headers: ifMatch });
  const type = answer.headers.get('Content-Type');
  return { status: answer.status, type, problem: await answer.json() };
}
