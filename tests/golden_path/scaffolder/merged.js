// Takes {name: {former, ours, newer}}, files by path, as JSON on standard input, and the folder of the updater
// as its argument. Prints for each name what the updater's merge makes of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';

const [, , folder] = process.argv;
const { commit, git, lines, writeTree } = await import(`${folder}/git.js`);
const { merge } = await import(`${folder}/merge.js`);
const repository = mkdtempSync(path.join(tmpdir(), 'merged-'));
git(repository, ['init', '--quiet', '--bare']);

const tree = (files) =>
  new Map(Object.entries(files).map(([name, content]) => [name, { mode: '100644', content }]));

const merged = {};
for (const [name, { former, ours, newer }] of Object.entries(await json(process.stdin))) {
  const main = commit(repository, await writeTree(repository, tree(ours)), [], 'ours');
  git(repository, ['update-ref', 'refs/heads/main', main]);
  const sides = { former: tree(former), newer: tree(newer) };
  const { tree: made, ...looked } = await merge(repository, {
    branch: 'main',
    label: 'newer',
    ...sides,
  });
  const listed = lines(repository, ['ls-tree', '-r', '--name-only', made]);
  const files = listed.map((file) => [file, `${git(repository, ['show', `${made}:${file}`])}`]);
  merged[name] = { files: Object.fromEntries(files), ...looked };
}
rmSync(repository, { recursive: true });
process.stdout.write(JSON.stringify(merged));
