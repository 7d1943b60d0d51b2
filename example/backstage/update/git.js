import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What Git prints, as bytes. Throws an Error with Git's own words if it ends with a status above `worst`. */
export function git(folder, args, { input, env, worst = 0 } = {}) {
  const { error, status, stdout, stderr } = spawnSync('git', args, {
    cwd: folder,
    input,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', ...env },
    maxBuffer: 256 * 1024 * 1024, // Bytes. Enough for any file that Git hosts take.
  });
  if (error) throw error;
  if (status === null || status > worst) {
    throw new Error(`git ${args.find((word) => !word.startsWith('-'))}: ${stderr}`.trim());
  }
  return stdout;
}

/** The lines, or with `-z` the parts, of what Git prints. */
export function lines(folder, args, options) {
  const separator = args.includes('-z') ? '\0' : '\n';
  return git(folder, args, options).toString().split(separator).filter(Boolean);
}

/** Calls a function with a folder that is gone afterwards. */
export async function scratch(use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'update-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A tree of files, by path, each with its `mode` and `content`: its name in a bare repository. */
export function writeTree(repository, files) {
  return scratch((folder) => {
    const written = [...files].map(([name, { mode, content }], number) => {
      const file = path.join(folder, String(number));
      writeFileSync(file, content);
      return { name, mode, file };
    });
    const input = written.map(({ file }) => `${file}\n`).join('');
    const blobs = lines(repository, ['hash-object', '-w', '--no-filters', '--stdin-paths'], {
      input,
    });
    const entries = written.map(({ name, mode }, number) => `${mode} ${blobs[number]}\t${name}\0`);
    return changedTree(repository, [], entries);
  });
}

/** A tree with other entries: `mode blob\tpath\0` each. Mode 0 removes one. */
export function changedTree(repository, tree, entries) {
  return scratch((folder) => {
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    if (tree.length) git(repository, ['read-tree', ...tree], { env });
    git(repository, ['update-index', '-z', '--index-info'], { env, input: entries.join('') });
    return lines(repository, ['write-tree'], { env })[0];
  });
}

/** A commit's name. */
export function commit(repository, tree, parents, message) {
  const name = 'github-actions[bot]';
  const email = '41898282+github-actions[bot]@users.noreply.github.com';
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, name],
      [`GIT_${who}_EMAIL`, email],
    ]),
  );
  const from = parents.flatMap((parent) => ['-p', parent]);
  return lines(repository, ['commit-tree', tree, ...from, '-F', '-'], { env, input: message })[0];
}
