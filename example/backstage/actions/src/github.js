import {
  getOctokitClient,
  getOctokitOptions,
} from '@backstage/plugin-scaffolder-backend-module-github';

export const HOST = 'github.com';
export const PARTS = ['frontend', 'backend', 'deploy'];

/** The inputs that all actions have. */
export const APP = {
  org: (z) => z.string().describe('The organisation on GitHub'),
  name: (z) => z.string().describe('The app'),
};

/** GitHub's API, as Backstage's own actions call it: by the integration's App or token. */
export async function githubOf({ integrations }, org, repo, logger) {
  const options = await getOctokitOptions({ integrations, host: HOST, owner: org, repo });
  return getOctokitClient(options, logger, { retries: 0 }).rest;
}

/** The result, or nothing where GitHub answers with one of these states. */
export async function unless(states, call) {
  try {
    return (await call).data;
  } catch (error) {
    if (states.includes(error.status)) return undefined;
    throw error;
  }
}

/** A repository. GitHub answers with another one for a name that was given up: that one isn't meant. */
export async function repository(github, owner, repo) {
  const found = await unless([404], github.repos.get({ owner, repo }));
  return found?.name === repo ? found : undefined;
}

/** A file's text on the branch main, or nothing. */
export async function textOf(github, owner, repo, path) {
  return unless(
    [404],
    github.repos.getContent({ owner, repo, path, mediaType: { format: 'raw' } }),
  );
}

/** Where the catalog reads a repository's entities. */
export const location = (org, repo) => `https://${HOST}/${org}/${repo}/tree/main/catalog-info.yaml`;

/** Those of the parts that are wanted, in the order in which they are listed. */
export const wanted = (repositories) => PARTS.filter((part) => repositories[part]);
