/** Brings a newer skeleton to the repositories that were made from a former one, by pull requests. */
import { Octokit } from '@octokit/rest';
import { follow } from './follow.js';
import { Template } from './template.js';

const { GITHUB_API_URL: baseUrl, GH_TOKEN: auth, ONLY: only } = process.env;
const github = new Octokit({ baseUrl, auth });
const template = new Template(process.cwd());
template.release();

let failed = false;
for await (const repository of repositories()) {
  try {
    console.log(`${repository.full_name}: ${await follow({ github, auth, template, repository })}`);
  } catch (error) {
    failed = true; // The others still follow.
    console.log(`::error title=${repository.full_name}::${error.message.replaceAll('\n', '%0A')}`);
  }
}
process.exitCode = failed ? 1 : 0;

/** Those on which the GitHub App is installed. */
async function* repositories() {
  const pages = github.paginate.iterator(github.rest.apps.listReposAccessibleToInstallation, {
    per_page: 100,
  });
  for await (const { data } of pages) {
    yield* data.filter(({ archived, name }) => !archived && (!only || only === name));
  }
}
