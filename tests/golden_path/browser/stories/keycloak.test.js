/** Keycloak, with a client that is made as docs/sign-in.md says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInByKeycloak } from '../support/keycloak.js';
import { heading, note, write } from '../support/people.js';
import { ISSUER } from '../support/site.js';
import { story } from '../support/visitor.js';

test(
  'ada signs in, writes, and is known by name and role',
  story(async (page) => {
    await signInByKeycloak(page, 'ada');
    await write(page, 'Signed in by Keycloak');
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByText('Subject').waitFor();
    const facts = await page.getByRole('main').innerText();
    assert.match(facts, /Name\s+Ada Lovelace[\s\S]*Roles\s+.*\badmin\b/);
  }),
);

test(
  'grace sees who wrote it, by name, and a session is renewed and ended',
  story(async (page) => {
    await signInByKeycloak(page, 'grace');
    await note(page, 'Signed in by Keycloak').getByText('Ada Lovelace').waitFor();
    assert.equal(await note(page, 'Signed in by Keycloak').getByRole('button').count(), 0);
    await page.evaluate(expire);
    await page.reload();
    await note(page, 'Signed in by Keycloak').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'dashboard').waitFor();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`${ISSUER}/**`);
    await page.locator('#password').waitFor();
  }),
);

/** In the page: makes the token one whose time is over. Keycloak gives a refresh token. */
function expire() {
  const [key, value] = Object.entries(sessionStorage).find(([name]) =>
    name.startsWith('oidc.user:'),
  );
  sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), expires_at: 1 }));
}
