/** The main flow without a mouse. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heading, identify, note, saved, signIn } from '../support/people.js';
import { story } from '../support/visitor.js';

const MAX_TABS = 60;

test(
  'from the first page to a note and back out, by keyboard alone',
  story(async (page) => {
    await page.goto('/');
    await heading(page, 'dashboard').waitFor();
    await press(page, 'Tab');
    assert.equal(await focused(page), 'Skip to content');
    await reach(page, 'Sign in to read and write');
    await press(page, 'Enter');
    await identify(page, 'ada');
    await heading(page, 'Notes').waitFor();

    await reach(page, 'New note');
    await page.keyboard.type('Typed, not clicked');
    await press(page, 'Control+Enter');
    await saved(page, 'Typed, not clicked');
    assert.equal(await focused(page), 'New note', 'the focus stays where the next note is written');

    await reach(page, 'Edit the note “Typed, not clicked”');
    await press(page, 'Enter');
    assert.equal(await focused(page), 'Edit note');
    await press(page, 'Control+Enter');
    await page.getByRole('textbox', { name: 'Edit note' }).waitFor({ state: 'detached' });
    assert.equal(await focused(page), 'Edit the note “Typed, not clicked”', 'back where it was');

    await reach(page, 'Delete the note “Typed, not clicked”');
    await press(page, 'Enter');
    await page.getByRole('alertdialog').waitFor();
    await reach(page, 'Delete note');
    await press(page, 'Enter');
    await page.getByText('Note deleted.').waitFor();
    assert.equal(await note(page, 'Typed, not clicked').count(), 0);
    assert.equal(await focused(page), 'Latest', 'the focus goes where the note was');

    await reach(page, 'Show older notes');
    await press(page, 'Enter');
    await note(page, 'Seeded note 01').waitFor();
    assert.match(await focused(page), /Seeded note 05/, 'the focus goes to the first that is new');

    await reach(page, 'Auto');
    await press(page, 'ArrowRight');
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'light');
  }),
);

test(
  'a page that one comes to has the focus on its heading',
  story(async (page) => {
    await signIn(page, 'ada');
    await reach(page, 'Profile');
    await press(page, 'Enter');
    await heading(page, 'Profile').waitFor();
    assert.equal(await focused(page), 'Profile');
    assert.equal(await page.title(), 'Profile · dashboard');
  }),
);

/** Tabs until something of this name has the focus, which must be seen on all that is passed. */
async function reach(page, name) {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if ((await focused(page)) === name) return;
    await press(page, 'Tab');
    assert.ok(await ringed(page), `the focus is not seen on “${await focused(page)}”`);
  }
  assert.fail(`“${name}” can’t be reached by Tab`);
}

const press = (page, key) => page.keyboard.press(key);

/** The name of what has the focus. */
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent;
    return (label ?? element.textContent).trim();
  });

/** Whether what has the focus, or the label that it lies under, has an outline. */
const ringed = (page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    if (element === document.body) return true;
    const label = element.closest('label');
    return [element, label].some(
      (each) => each && parseFloat(getComputedStyle(each).outlineWidth) > 1,
    );
  });
