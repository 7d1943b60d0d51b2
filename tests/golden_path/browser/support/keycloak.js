/** What people do at Keycloak's own pages. */
import { ISSUER, ORIGIN } from './site.js';
import { heading } from './people.js';

const PASSWORD = 'for-tests-alone';

export async function signInByKeycloak(page, name) {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${ISSUER}/**`);
  await page.locator('#username').fill(name);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#kc-login').click();
  await page.waitForURL(`${ORIGIN}/**`);
  await heading(page, 'Notes').waitFor();
}
