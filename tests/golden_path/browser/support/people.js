/** What people do again and again. */
import { ISSUER, ORIGIN } from './site.js';

/** At the issuer: says who one is, and comes back. */
export async function identify(page, name) {
  await page.waitForURL(`${ISSUER}/**`);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${ORIGIN}/**`);
}

/** From the first page to the notes. */
export async function signIn(page, name) {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await identify(page, name);
  await heading(page, 'Notes').waitFor();
}

export const heading = (page, name) => page.getByRole('heading', { level: 1, name });

/** The note with this text. */
export const note = (page, text) => page.getByRole('listitem').filter({ hasText: text });

export async function write(page, text) {
  await page.getByRole('textbox', { name: 'New note' }).fill(text);
  await page.getByRole('button', { name: 'Add note' }).click();
  await saved(page, text);
}

/** Until the API has confirmed a note. */
export const saved = (page, text) => note(page, text).waitFor();

/** Presses Delete at a note, and says yes. */
export async function remove(page, text) {
  await note(page, text)
    .getByRole('button', { name: /^Delete/ })
    .click();
  await page.getByRole('button', { name: 'Delete note' }).click();
  await page.getByText('Note deleted.').waitFor();
}

/** In the page: makes the token one that the API refuses. */
export function forgeToken() {
  const [key, value] = Object.entries(sessionStorage).find(([name]) =>
    name.startsWith('oidc.user:'),
  );
  sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(value), access_token: 'a.b.c' }));
}
