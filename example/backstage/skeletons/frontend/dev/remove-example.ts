/** `npm run remove-example`: takes out the notes, and then itself. Commit before you run it. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const GONE = ['src/notes', 'tests/notes*', 'tests/support/fake-notes.ts', 'dev/remove-example.ts'];

const edit = (file: string, how: (text: string) => string): void => {
  writeFileSync(file, how(readFileSync(file, 'utf8')));
};

/** By a shell: on Windows, npm is no program. */
const run = (command: string) => spawnSync(command, { shell: true, stdio: 'inherit' });

for (const path of globSync(GONE)) rmSync(path, { recursive: true });

/** Lines that end so belong to the example. */
const MARKED = /^.*\/\/ example\n/gm;
for (const file of globSync('{src,tests}/**/*.{ts,tsx}')) {
  edit(file, (text) => text.replaceAll(MARKED, ''));
}
/** What documents say of it: whole sections, and lines. */
const SECTION = /^<!-- example -->$.*?^<!-- end of the example -->\n\n/gms;
const LINE = /^.*(src\/notes|remove-example).*\n/gm;
for (const file of ['docs/design.md', 'README.md', 'package.json']) {
  edit(file, (text) => text.replaceAll(SECTION, '').replaceAll(LINE, ''));
}
writeFileSync(
  'src/welcome/start.ts',
  `/** What the first page says that one does first. */
import type { Start } from './WelcomePage.tsx';

export const START: Start = {
  path: '/profile',
  signIn: 'Sign in to see your profile',
  go: 'Go to your profile',
  steps: [],
};
`,
);
run('npm run format');
console.log('The example is gone. Run `npm test`, and write your first page: docs/design.md.');
