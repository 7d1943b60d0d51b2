import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  createGithubRepoCreateAction,
  createGithubRepoPushAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { compare } from './compare.js';
import { APP, HOST, githubOf } from './github.js';

/**
 * Creates a repository and pushes a folder into it, by Backstage's own two actions, each only where
 * it wasn't done before. So it can be repeated after any failure, in the same task or in a new one.
 */
export function createPublishAction(options) {
  const create = createGithubRepoCreateAction(options);
  const push = createGithubRepoPushAction(options);
  return createTemplateAction({
    id: 'nodeapp:publish',
    description: 'Creates a repository on GitHub, or goes on where an earlier try ended',
    schema: {
      input: {
        ...APP,
        part: (z) =>
          z.enum(['frontend', 'backend', 'deploy']).describe('A folder of the workspace'),
        description: (z) => z.string(),
        homepage: (z) => z.string().optional(),
        message: (z) => z.string().describe('The message of the first commit'),
        repoVisibility: (z) => z.enum(['private', 'internal', 'public']),
      },
    },
    async handler(ctx) {
      const { org, name, part, message, ...settings } = ctx.input;
      const repo = `${name}-${part}`;
      const folder = resolveSafeChildPath(ctx.workspacePath, part);
      const github = await githubOf(options, org, repo, ctx.logger);
      const state = await compare(github, org, repo, folder);
      if (state === 'other') {
        throw new ConflictError(`The repository ${org}/${repo} exists with other files.`);
      }
      const repoUrl = `${HOST}?owner=${org}&repo=${repo}`;
      // What is there is asked of GitHub above, so nothing is remembered of earlier tries.
      const again = { ...ctx, checkpoint: ({ fn }) => fn(), output: () => {} };
      if (state === 'absent') {
        await create.handler({ ...again, input: { ...settings, ...MERGING, repoUrl } });
      }
      if (state !== 'same') {
        const pushed = { repoUrl, sourcePath: part, gitCommitMessage: message };
        const input = { ...pushed, defaultBranch: 'main', protectDefaultBranch: false };
        await push.handler({ ...again, input });
      }
      ctx.logger.info(`https://${HOST}/${org}/${repo} has its first commit`);
    },
  });
}

/** One commit for each pull request, so that a revert takes back all of it. */
const MERGING = {
  deleteBranchOnMerge: true,
  allowAutoMerge: true,
  allowMergeCommit: false,
  allowRebaseMerge: false,
  squashMergeCommitTitle: 'PR_TITLE',
  squashMergeCommitMessage: 'PR_BODY',
  hasWiki: false,
  hasProjects: false,
};
