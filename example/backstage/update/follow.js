import { commit, git, lines, scratch } from './git.js';
import { withUpdates } from './dependencies.js';
import { merge } from './merge.js';
import { body } from './pull-request.js';

const ANSWERS = '.skeleton.json';
const PREFIX = 'skeleton-';

/** Opens a pull request in a repository that was made from a former skeleton. Answers what was done. */
export async function follow({ github, auth, template, repository }) {
  const place = { owner: repository.owner.login, repo: repository.name };
  const kept = await answers(github, place);
  if (!kept) return 'not made from a skeleton';
  const { skeleton, values: former } = kept;
  if (former.version === template.version) return `has ${template.version}`;
  if (!template.has(former.version)) {
    throw new Error(
      `It was made from ${former.version}, for which the template has no tag v${former.version}.`,
    );
  }
  const branch = PREFIX + template.version;
  const { list } = github.rest.pulls;
  const head = `${place.owner}:${branch}`;
  const [same] = (await list({ ...place, state: 'all', head })).data;
  if (same) return `has been asked: ${same.html_url}`; // Also if it was closed: they don't want it.
  const open = (await github.paginate(list, { ...place, state: 'open' })).filter((pull) =>
    pull.head.ref.startsWith(PREFIX),
  );
  for (const { number, html_url } of open) {
    const commits = await github.rest.pulls.listCommits({ ...place, pull_number: number });
    if (commits.data.length > 1) return `works on another version: ${html_url}`;
  }

  const { values, added } = template.answers(skeleton, former);
  const skeletons = {
    former: template.render(former.version, skeleton, former),
    newer: template.render(template.version, skeleton, values),
  };
  const looked = await pushed({ auth, repository, branch, skeletons });
  const { data: pull } = await github.rest.pulls.create({
    ...place,
    base: repository.default_branch,
    head: branch,
    title: `feat: follow the skeleton from ${former.version} to ${template.version}`,
    body: body({ skeleton, from: former.version, to: template.version, added, ...looked }),
  });
  for (const { number } of open) await replaced(github, place, number, pull);
  return `is asked: ${pull.html_url}`;
}

async function answers(github, place) {
  try {
    const { data } = await github.rest.repos.getContent({ ...place, path: ANSWERS });
    return JSON.parse(Buffer.from(data.content, 'base64').toString());
  } catch (error) {
    if (error.status === 404) return undefined;
    throw error;
  }
}

/** Pushes the merged branch. Answers what needs a look. */
function pushed({ auth, repository, branch, skeletons }) {
  const { clone_url: url, default_branch: main } = repository;
  const basic = Buffer.from(`x-access-token:${auth}`).toString('base64');
  // Not an argument: these can be seen by every process.
  const env = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${new URL(url).origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
  };
  return scratch(async (folder) => {
    git(folder, ['clone', '--quiet', '--bare', '--depth', '1', '--branch', main, url, '.'], {
      env,
    });
    const manifest = lines(folder, ['ls-tree', '--name-only', main, 'package.json']).length
      ? git(folder, ['show', `${main}:package.json`]).toString()
      : undefined;
    const { tree, ...looked } = await merge(folder, {
      branch: main,
      label: branch,
      ...withUpdates(skeletons, manifest),
    });
    const head = commit(folder, tree, [main], `feat: follow ${branch}`);
    // A branch that is there has no pull request: a former run ended before it was opened.
    git(folder, ['push', '--quiet', '--force', url, `${head}:refs/heads/${branch}`], { env });
    return looked;
  });
}

async function replaced(github, place, number, { number: by }) {
  await github.rest.issues.createComment({
    ...place,
    issue_number: number,
    body: `#${by} brings a newer version, and takes the place of this one.`,
  });
  await github.rest.pulls.update({ ...place, pull_number: number, state: 'closed' });
}
