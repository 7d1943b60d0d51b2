/** The pictures of the documentation: four scenes, in both themes. */
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';
import { heading, note, signIn } from '../support/people.js';
import { ARTIFACTS } from '../support/site.js';
import { story } from '../support/visitor.js';

const FOLDER = `${ARTIFACTS}/pictures`;
const DESK = { width: 1280, height: 800 };
const HAND = { width: 390, height: 844 };

await mkdir(FOLDER, { recursive: true });
for (const colorScheme of ['light', 'dark']) {
  const keep = (page, name) => page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}.png` });

  test(
    `on a desk, ${colorScheme}`,
    story(
      async (page) => {
        await page.goto('/');
        await heading(page, 'dashboard').waitFor();
        await keep(page, 'welcome');
        await signIn(page, 'ada');
        await note(page, 'board meeting').waitFor();
        await keep(page, 'notes');
        await note(page, 'Release 1.4')
          .getByRole('button', { name: /^Delete/ })
          .click();
        await page.getByRole('alertdialog').waitFor();
        await keep(page, 'deleting');
      },
      { colorScheme, viewport: DESK },
    ),
  );

  test(
    `in a hand, ${colorScheme}`,
    story(
      async (page) => {
        await signIn(page, 'ada');
        await note(page, 'board meeting')
          .getByRole('button', { name: /^Edit/ })
          .click();
        await page.getByRole('textbox', { name: 'Edit note' }).waitFor();
        await page.mouse.wheel(0, 220);
        await page.waitForFunction(() => scrollY > 100);
        await keep(page, 'phone');
      },
      { colorScheme, viewport: HAND },
    ),
  );
}
