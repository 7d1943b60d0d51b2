/** Notes: from the database to the page, and back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heading, identify, note, signIn, write } from '../support/people.js';
import { story } from '../support/visitor.js';

test(
  'ada signs in and reads what is in the database',
  story(async (page) => {
    await page.goto('/');
    await heading(page, 'dashboard').waitFor();
    assert.equal(await page.title(), 'dashboard');
    await page.getByRole('button', { name: 'Sign in to read and write' }).click();
    await identify(page, 'ada');
    await heading(page, 'Notes').waitFor();
    await note(page, 'Seeded note 25').waitFor();
    assert.match(await note(page, 'Seeded note 25').innerText(), /^\W*g\s+grace/i);
  }),
);

test(
  'older notes are a press away',
  story(async (page) => {
    await signIn(page, 'ada');
    await note(page, 'Seeded note 25').waitFor();
    assert.equal(await note(page, 'Seeded note 01').count(), 0);
    await page.getByRole('button', { name: 'Show older notes' }).click();
    await note(page, 'Seeded note 01').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Show older notes' }).count(), 0);
  }),
);

test(
  'a note that ada adds is still there after a reload',
  story(async (page) => {
    await signIn(page, 'ada');
    await write(page, 'Kept: "quotes", <b>tags</b> & ünïcödé 🎉');
    await page.reload();
    await note(page, 'Kept: "quotes", <b>tags</b> & ünïcödé 🎉').waitFor();
    assert.match(await page.getByRole('listitem').first().innerText(), /You/);
    assert.equal(await page.getByRole('textbox', { name: 'New note' }).inputValue(), '');
  }),
);

test(
  'a note that is empty or too long is not sent',
  story(async (page) => {
    await signIn(page, 'ada');
    const sent = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Write something first.').waitFor();
    await page.getByRole('textbox', { name: 'New note' }).fill('x'.repeat(281));
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Too long: 281 of 280 characters.').waitFor();
    assert.deepEqual(sent, []);
  }),
);
