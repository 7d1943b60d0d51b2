/** Every page, in both themes and three widths: axe finds nothing, and a picture is kept. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';
import axe from 'axe-core';
import { forgeToken, heading, note, signIn } from '../support/people.js';
import { ARTIFACTS } from '../support/site.js';
import { story } from '../support/visitor.js';

const SIZES = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 640 },
};
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const PAGES = {
  welcome: async (page) => {
    await page.goto('/');
    await heading(page, 'dashboard').waitFor();
  },
  nowhere: async (page) => {
    await page.goto('/no/such/page');
    await heading(page, 'Nothing here').waitFor();
  },
  notes: async (page) => {
    await signIn(page, 'ada');
    await note(page, 'Seeded note 25').waitFor();
  },
  mistake: async (page) => {
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Write something first.').waitFor();
  },
  editing: async (page) => {
    await page.getByRole('button', { name: 'Edit the note “Seeded note 25”' }).click();
    await page.getByRole('textbox', { name: 'Edit note' }).waitFor();
  },
  deleting: async (page) => {
    await page.getByRole('button', { name: 'Delete the note “Seeded note 24”' }).click();
    await page.getByRole('alertdialog').waitFor();
  },
  offline: async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.context().setOffline(true);
    await page.getByText('You are offline. What').waitFor();
  },
  failure: async (page) => {
    await page.context().setOffline(false);
    await page.route('**/api/notes?*', (route) => route.fulfill(PROBLEM));
    await page.reload();
    await page.getByRole('alert').waitFor();
  },
  refused: async (page) => {
    await page.unroute('**/api/notes?*');
    await page.reload();
    await page.route('**/api/notes', (route) => route.fulfill(PROBLEM));
    await page.getByRole('textbox', { name: 'New note' }).fill('This one is refused');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText(/^Your note wasn’t saved/).waitFor();
  },
  undeleted: async (page) => {
    await page.route('**/api/notes/*', (route) => route.fulfill(PROBLEM));
    await page.getByRole('button', { name: 'Delete the note “Seeded note 23”' }).click();
    await page.getByRole('button', { name: 'Delete note' }).click();
    await page.getByText(/^The note wasn’t deleted/).first().waitFor();
  },
  empty: async (page) => {
    await page.route('**/api/notes?*', (route) =>
      route.fulfill({ json: { items: [], next: null } }),
    );
    await page.reload();
    await page.getByText('No notes yet').waitFor();
  },
  home: async (page) => {
    await page.getByRole('link', { name: 'dashboard' }).click();
    await page.getByRole('link', { name: 'Go to the notes' }).waitFor();
  },
  profile: async (page) => {
    await page.goto('/profile');
    await page.getByText('Subject').waitFor();
  },
  unaccepted: async (page) => {
    await page.evaluate(forgeToken);
    await page.reload();
    await page.getByRole('alert').getByText('Signing in again doesn’t help.').waitFor();
  },
  broken: async (page) => {
    await page.route('**/config.json', (route) => route.fulfill({ json: {} }));
    await page.goto('/');
    await heading(page, 'The app can’t start').waitFor();
  },
};

const PROBLEM = {
  status: 429,
  contentType: 'application/problem+json',
  json: { title: 'Too Many Requests', detail: 'that was too much at once', requestId: '0192f5c8' },
};

await mkdir(ARTIFACTS, { recursive: true });
for (const colorScheme of ['light', 'dark']) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(
      `${colorScheme}, ${size}`,
      story(
        async (page, complaints) => {
          complaints.allow(/status of (401|429)|ERR_INTERNET_DISCONNECTED/);
          for (const [name, go] of Object.entries(PAGES)) {
            await go(page);
            await page.screenshot({
              path: `${ARTIFACTS}/${name}-${colorScheme}-${size}.png`,
              fullPage: true,
            });
            assert.deepEqual(await violations(page), [], `${name}: axe`);
            assert.ok(await fits(page), `${name} is wider than the screen`);
          }
        },
        { colorScheme, viewport },
      ),
    );
  }
}

/** What axe finds, and what it can’t decide. */
async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(
    (values) => axe.run({ runOnly: { type: 'tag', values } }),
    TAGS,
  );
  return [...found.violations, ...found.incomplete].map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`,
  );
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
