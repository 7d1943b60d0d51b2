import { changedTree, commit, git, lines, writeTree } from './git.js';

const MARKER = /^<<<<<<< /m;

/**
 * Merges what has changed between two skeletons into a branch, as Git merges.
 *
 * `former` and `newer` are files by path. Answers the name of the merged tree, and the paths that need a look:
 * `conflicts` have Git's markers in them, `unmerged` are as they were (binary files, say), `deleted` changed in
 * the skeleton and were deleted here, `kept` were dropped by the skeleton and changed here, `tangled` were moved by
 * both, or are a file here and a folder there: Git leaves both.
 */
export async function merge(repository, { branch, label, former, newer }) {
  const base = commit(repository, await writeTree(repository, former), [], 'former skeleton');
  const theirs = commit(repository, await writeTree(repository, newer), [base], 'newer skeleton');
  const [tree] = lines(repository, ['rev-parse', `${branch}^{tree}`]);
  const ours = commit(repository, tree, [base], 'this repository');
  // Conflict markers carry these names.
  git(repository, ['update-ref', 'refs/heads/yours', ours]);
  git(repository, ['update-ref', `refs/heads/${label}`, theirs]);
  return looked(repository, mergedTree(repository, 'yours', label));
}

/** The tree that Git merges, and for each path in conflict the blobs of base (1), ours (2) and theirs (3). */
function mergedTree(repository, ours, theirs) {
  // Git moves no new file into a folder that was renamed: where it belongs is a guess.
  const args = [
    '-c',
    'merge.directoryRenames=false',
    'merge-tree',
    '--write-tree',
    '-z',
    ours,
    theirs,
  ];
  // It ends with 1 if there are conflicts.
  const output = git(repository, args, { worst: 1 }).toString();
  const [tree, ...parts] = output.split('\0');
  const stages = new Map();
  for (const part of parts.slice(0, parts.indexOf(''))) {
    const [, mode, blob, stage, name] = /^(\d+) (\w+) (\d)\t(.*)$/s.exec(part);
    stages.set(name, { ...stages.get(name), [stage]: { mode, blob } });
  }
  return { tree, stages };
}

async function looked(repository, { tree, stages }) {
  const found = { conflicts: [], unmerged: [], deleted: [], kept: [], tangled: [] };
  for (const [name, { 1: base, 2: ours, 3: theirs }] of stages) {
    if (!ours && !theirs) continue; // Both moved it: its two new names are in conflict, too.
    if (!base && !(ours && theirs)) found.tangled.push(name);
    else if (!ours) found.deleted.push(name);
    else if (!theirs) found.kept.push(name);
    else if (MARKER.test(git(repository, ['show', `${tree}:${name}`]))) found.conflicts.push(name);
    else found.unmerged.push(name);
  }
  const removed = found.deleted.map((name) => `0 ${'0'.repeat(40)}\t${name}\0`);
  return { tree: await changedTree(repository, [tree], removed), ...found };
}
