/** Keycloak's default: a client that makes no tokens for the API. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInByKeycloak } from '../support/keycloak.js';
import { story } from '../support/visitor.js';

test(
  'the page says what is missing, and offers no circle',
  story(async (page, complaints) => {
    complaints.allow(/status of 401/);
    await page.route('**/config.json', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ json: { ...(await response.json()), OIDC_CLIENT_ID: 'bare' } });
    });
    await signInByKeycloak(page, 'ada');
    const alert = page.getByRole('alert');
    // `account` where a user has Keycloak's default roles.
    await alert.getByText(/the token is for (nobody|account), and this API is dashboard-api/).waitFor();
    await alert.getByText('Signing in again doesn’t help.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Sign in again' }).count(), 0);
  }),
);
