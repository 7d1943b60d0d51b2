/** What goes wrong on real days: impatience, dead networks, old states, other scripts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heading, note, signIn, write } from '../support/people.js';
import { story } from '../support/visitor.js';

const field = (page) => page.getByRole('textbox', { name: 'New note' });
const add = (page) => page.getByRole('button', { name: 'Add note' });

test(
  'a double click saves one note, and complains of nothing',
  story(async (page) => {
    await signIn(page, 'ada');
    await field(page).fill('Clicked twice');
    await add(page).dblclick();
    await note(page, 'Clicked twice').waitFor();
    await page.waitForTimeout(300);
    assert.equal(await note(page, 'Clicked twice').count(), 1);
    assert.equal(await page.getByText('Write something first.').count(), 0);
  }),
);

test(
  'without a network what is written is kept, said to be kept, and saved later',
  story(async (page, complaints) => {
    complaints.allow(/ERR_INTERNET_DISCONNECTED/);
    await signIn(page, 'ada');
    await field(page).fill('Written in a tunnel');
    await page.context().setOffline(true);
    await page.getByText('You are offline. What you write stays here').waitFor();
    await add(page).click();
    await page.getByText('It is saved when you are back.').waitFor();
    assert.match(await page.evaluate(() => sessionStorage.getItem('drafts')), /Written in a tunnel/);
    await page.context().setOffline(false);
    await note(page, 'Written in a tunnel').waitFor();
    await page.getByText('0 of 280 characters').waitFor();
    assert.equal(await field(page).inputValue(), '');
  }),
);

test(
  'a reload while a call is in flight loses nothing',
  story(async (page) => {
    await signIn(page, 'ada');
    await page.route('**/api/notes', () => undefined);
    await field(page).fill('Not yet saved');
    await add(page).click();
    await page.getByText('Saving…').waitFor();
    await page.reload();
    await heading(page, 'Notes').waitFor();
    assert.equal(await field(page).inputValue(), 'Not yet saved');
  }),
);

test(
  'text from right to left runs that way',
  story(async (page) => {
    await signIn(page, 'ada');
    await write(page, 'שלום (עולם).');
    const text = note(page, 'שלום').getByText('שלום');
    assert.equal(await text.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    await field(page).fill('مرحبا');
    assert.equal(
      await field(page).evaluate((element) => getComputedStyle(element).direction),
      'rtl',
    );
    await field(page).fill('');
  }),
);

test(
  'deleting asks first',
  story(async (page) => {
    await signIn(page, 'ada');
    await write(page, 'Kept after all');
    await note(page, 'Kept after all')
      .getByRole('button', { name: /^Delete/ })
      .click();
    await page.getByRole('alertdialog').getByText('This can’t be undone.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.reload();
    await note(page, 'Kept after all').waitFor();
  }),
);

test(
  'a change overwrites nothing that one hasn’t seen',
  story(async (page, complaints) => {
    complaints.allow(/status of 412/);
    await signIn(page, 'ada');
    const other = await page.context().newPage();
    await signInAlso(other);
    await edit(other, 'Kept after all', 'Changed elsewhere');
    await edit(page, 'Kept after all', 'From the old state');
    await page.getByText('the note has changed since you read it').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await note(page, 'Changed elsewhere').waitFor();
  }),
);

test(
  'an answer that is none is told in words',
  story(async (page) => {
    await signIn(page, 'ada');
    await page.route('**/api/notes?*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<html>hello' }),
    );
    await page.reload();
    await page.getByRole('alert').getByText('the server’s answer can’t be read').waitFor();
    assert.doesNotMatch(await page.getByRole('alert').innerText(), /JSON|token/i);
  }),
);

test(
  'words and dates are in one language, whatever the browser’s is',
  story(
    async (page) => {
      await signIn(page, 'ada');
      const date = await page.getByRole('time').first().innerText();
      assert.match(date, /^[A-Z][a-z]{2} \d+, \d{4}/);
    },
    { locale: 'fr-FR' },
  ),
);

/** A second tab, where the issuer knows already who one is. */
async function signInAlso(page) {
  await page.goto('/notes');
  await heading(page, 'Notes').waitFor();
}

async function edit(page, text, changed) {
  await note(page, text)
    .getByRole('button', { name: /^Edit/ })
    .click();
  await page.getByRole('textbox', { name: 'Edit note' }).fill(changed);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
}
