/** Somebody with a browser of their own, and a watch over what their pages complain about. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { ARTIFACTS, CHROMIUM, ORIGIN } from './site.js';

const ONLY_LOCALHOST =
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';
const PATIENCE = 15_000;
const DESKTOP = { width: 1280, height: 800 };

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', ONLY_LOCALHOST],
    // As people's browsers: Back shows a page from memory.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
});
after(() => browser.close());

/** A test in a fresh browser context. It fails if a page complains of something that it doesn't allow. */
export const story = (tell, options) => async (t) => {
  const context = await browser.newContext({
    baseURL: ORIGIN,
    locale: 'en-GB',
    viewport: DESKTOP,
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  const name = t.name.replace(/\W+/g, '-').toLowerCase();
  try {
    await tell(page, complaints);
    assert.deepEqual(complaints.unexpected(), [], 'the browser complains');
  } catch (error) {
    await page.screenshot({ path: `${ARTIFACTS}/failed-${name}.png` });
    error.message += `\nat ${page.url()}\nthe browser said: ${complaints.all().join('\n') || 'nothing'}`;
    throw error;
  } finally {
    await context.close();
  }
};

/** Errors on the console (of which violations of the Content-Security-Policy are some), and those nobody caught. */
function complaintsOf(page) {
  const heard = [];
  const allowed = [];
  page.on('pageerror', (error) => heard.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    const ours = page.url().startsWith(ORIGIN);
    const { url } = message.location();
    if (ours && ['error', 'warning'].includes(message.type()))
      heard.push(`${message.text()} (${url})`);
  });
  return {
    all: () => heard,
    allow: (pattern) => allowed.push(pattern),
    unexpected: () => heard.filter((text) => !allowed.some((pattern) => pattern.test(text))),
  };
}
