/** Sessions: where they lead, and what is left when they end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgeToken, heading, identify, note, signIn } from '../support/people.js';
import { ISSUER, ORIGIN } from '../support/site.js';
import { story } from '../support/visitor.js';

/** Where React Router keeps how far pages are scrolled. */
const SCROLLED = 'react-router-scroll-positions';

test(
  'a deep link leads through the issuer to its page',
  story(async (page) => {
    await page.goto('/profile');
    await identify(page, 'ada');
    await heading(page, 'Profile').waitFor();
    assert.equal(page.url(), `${ORIGIN}/profile`);
    await page.getByText('Subject').waitFor();
    assert.match(await page.getByRole('main').innerText(), /Subject\s+ada[\s\S]*Roles\s+admin/);
  }),
);

test(
  'an address that leads nowhere says so',
  story(async (page) => {
    await page.goto('/no/such/page');
    await heading(page, 'Nothing here').waitFor();
    await page.getByRole('link', { name: 'Back to the start' }).click();
    await heading(page, 'dashboard').waitFor();
  }),
);

test(
  'signing out ends the session, here and at the issuer',
  story(async (page) => {
    await signIn(page, 'grace');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'dashboard').waitFor();
    const kept = await page.evaluate(() => Object.keys(sessionStorage));
    assert.deepEqual(
      kept.filter((key) => key !== SCROLLED),
      [],
    );
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await identify(page, 'ada');
    await heading(page, 'Notes').waitFor();
  }),
);

test(
  'signing out in one tab ends the others, and Back shows nothing any more',
  story(async (page) => {
    await signIn(page, 'grace');
    const other = await page.context().newPage();
    await other.goto('/profile');
    await other.getByText('Subject').waitFor();
    await page.bringToFront();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'dashboard').waitFor();
    await other.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    assert.equal(await other.evaluate(tokens), 0);
    for (let back = 0; back < 3 && !page.url().startsWith('about:'); back++) {
      await page.goBack({ waitUntil: 'commit' });
      await page.waitForTimeout(300);
      assert.equal(await page.getByText('Seeded note').count(), 0, page.url());
    }
  }),
);

test(
  'an edit outlives a session that ends, and is of the note that was read',
  story(async (page, complaints) => {
    complaints.allow(/status of (401|412)/);
    await signIn(page, 'ada');
    await note(page, 'Seeded note 25').getByRole('button', { name: /^Edit/ }).click();
    await page.getByRole('textbox', { name: 'Edit note' }).fill('Changed before the end');
    await page.evaluate(forgeToken);
    await page.evaluate(() => sessionStorage.setItem('signed-in-at', '1'));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await note(page, 'Seeded note 24').waitFor();
    const editor = page.getByRole('textbox', { name: 'Edit note' });
    assert.equal(await editor.inputValue(), 'Changed before the end');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await note(page, 'Seeded note 25').waitFor();
  }),
);

test(
  'a session that ends costs a new sign-in, but not what was written',
  story(async (page, complaints) => {
    complaints.allow(/status of 401/);
    await signIn(page, 'ada');
    await page.getByRole('textbox', { name: 'New note' }).fill('Written before the end');
    await page.evaluate(forgeToken);
    await page.evaluate(() => sessionStorage.setItem('signed-in-at', '1'));
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Your note wasn’t saved: your session has ended.').waitFor();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await heading(page, 'Notes').waitFor();
    await note(page, 'Seeded').first().waitFor();
    const kept = await page.getByRole('textbox', { name: 'New note' }).inputValue();
    assert.equal(kept, 'Written before the end');
  }),
);

test(
  'a token that is refused right after signing in says why, and offers no circle',
  story(async (page, complaints) => {
    complaints.allow(/status of 401/);
    await signIn(page, 'ada');
    await page.evaluate(forgeToken);
    await page.reload();
    const alert = page.getByRole('alert');
    await alert.getByText('the app doesn’t accept your sign-in, since the token is not valid').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Sign in again' }).count(), 0);
    await alert.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'dashboard').waitFor();
  }),
);

test(
  'Back after signing in meets no error',
  story(async (page) => {
    await signIn(page, 'ada');
    for (let back = 0; back < 3 && !page.url().startsWith('about:'); back++) {
      await page.goBack();
      assert.equal(await page.getByText('Something went wrong').count(), 0, page.url());
      assert.equal(await page.getByText(/oops|session not found/i).count(), 0, page.url());
    }
    await page.goto('/signin/callback?code=used&state=used');
    await page.getByRole('link', { name: 'Go to the notes' }).waitFor();
    assert.equal(page.url(), `${ORIGIN}/`);
  }),
);

test(
  'a session that ended while the tab slept leads to the issuer',
  story(async (page) => {
    await signIn(page, 'ada');
    await page.context().clearCookies();
    await page.evaluate(expire);
    await page.goto('/notes');
    await page.waitForURL(`${ISSUER}/**`);
  }),
);

/** In the page: how many sessions it keeps. */
const tokens = () => Object.keys(sessionStorage).filter((key) => key.startsWith('oidc.user:')).length;

/** In the page: makes the token one whose time is over. */
function expire() {
  const [key, value] = Object.entries(sessionStorage).find(([name]) =>
    name.startsWith('oidc.user:'),
  );
  sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), expires_at: 1 }));
}
