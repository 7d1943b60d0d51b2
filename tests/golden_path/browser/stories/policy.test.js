/** The Content-Security-Policy holds in a browser, and the other stories would hear of a violation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heading } from '../support/people.js';
import { story } from '../support/visitor.js';

test(
  'a script in a page is not run',
  story(async (page, complaints) => {
    await page.goto('/');
    await heading(page, 'dashboard').waitFor();
    assert.deepEqual(complaints.all(), []);
    complaints.allow(/Content Security Policy/);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      return 'injected' in window;
    });
    assert.equal(ran, false);
    await page.waitForTimeout(100);
    assert.match(complaints.all().join(), /Content Security Policy/);
  }),
);

test(
  'a page calls nobody but its own host and the issuer',
  story(async (page, complaints) => {
    await page.goto('/');
    complaints.allow(/Content Security Policy/);
    const call = page.evaluate(() => fetch('http://127.0.0.1:9/').then(String));
    await assert.rejects(call, /Failed to fetch/);
    assert.match(complaints.all().join(), /connect-src/);
  }),
);
