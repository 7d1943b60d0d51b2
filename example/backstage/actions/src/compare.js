import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { repository, unless } from './github.js';

/**
 * What is on GitHub of a folder that is to be published:
 * absent, empty, same (main has exactly these files) or other.
 */
export async function compare(github, owner, repo, folder) {
  const found = await repository(github, owner, repo);
  if (!found) return 'absent';
  if (found.archived) return 'other';
  // 409: there is no commit yet, and asking again doesn't help.
  const once = { request: { retries: 0 } };
  const tree = { owner, repo, tree_sha: 'main', recursive: '1', ...once };
  const there = await unless([404, 409], github.git.getTree(tree));
  if (!there) return 'empty';
  const published = there.tree.filter(({ type }) => type === 'blob');
  const ours = await blobs(folder);
  const same = published.every(({ path: name, sha }) => ours.get(name) === sha);
  return same && published.length === ours.size ? 'same' : 'other';
}

/** Git's identity of each file in a folder, without what Git keeps there itself. */
async function blobs(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((name) => path.relative(folder, name).split(path.sep)[0] !== '.git');
  const identified = files.map(async (name) => {
    const content = await readFile(name);
    const sha = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
    return [path.relative(folder, name).split(path.sep).join('/'), sha];
  });
  return new Map(await Promise.all(identified));
}
