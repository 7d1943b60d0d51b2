import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { APP, githubOf, location, wanted } from './github.js';

/**
 * Settles what a repository needs beside its files: the team's rights, the topics, the protection of
 * main, and its entities in the catalog. It does all that it can. If something is missing, it fails
 * and says what to do, and a Retry does the rest.
 */
export function createFinishAction(options) {
  return createTemplateAction({
    id: 'nodeapp:finish',
    description: 'Gives the repositories their team, topics and protection, and registers them',
    schema: {
      input: {
        ...APP,
        team: (z) => z.string().describe('The team on GitHub that maintains the repositories'),
        repositories: (z) =>
          z.record(z.boolean()).describe('Which of frontend, backend and deploy were made'),
        topics: (z) => z.record(z.array(z.string())).describe('Topics of each of them'),
        check: (z) =>
          z.string().describe('The check that must pass before a pull request is merged'),
        protect: (z) => z.boolean().describe('Whether main has to be protected'),
      },
    },
    async handler(ctx) {
      const { org, name, repositories } = ctx.input;
      const problems = [];
      for (const part of wanted(repositories)) {
        const repo = `${name}-${part}`;
        const github = await githubOf(options, org, repo, ctx.logger);
        for (const { settle, missing, remedy } of settlements(github, options, ctx, part, repo)) {
          try {
            await settle();
          } catch (error) {
            problems.push(`- ${org}/${repo}: ${missing} (${error.message}). ${remedy}`);
          }
        }
      }
      if (problems.length === 0) return;
      throw new Error(
        `All is made, but not all is settled:\n${problems.join('\n')}\nThen press Retry.`,
      );
    },
  });
}

/** What one repository needs. Each can be repeated. */
function settlements(github, { catalog }, ctx, part, repo) {
  const { org: owner, team, topics, check, protect } = ctx.input;
  const settled = [
    {
      missing: `the team ${team} has no rights`,
      remedy: 'Make the team on GitHub.',
      settle: () =>
        github.teams.addOrUpdateRepoPermissionsInOrg({
          ...{ org: owner, team_slug: team, owner, repo },
          permission: 'maintain',
        }),
    },
    {
      missing: 'it has no topics',
      remedy: "Give Backstage's GitHub App the right to administrate repositories.",
      settle: () => github.repos.replaceAllTopics({ owner, repo, names: topics[part] ?? [] }),
    },
    {
      missing: 'it is not in the catalog',
      remedy: 'Look at its catalog-info.yaml, and at the rules of the catalog.',
      settle: () => register(catalog, ctx, location(owner, repo)),
    },
  ];
  const reviewed = {
    missing: 'nobody has to review what is merged into main',
    remedy: 'Make the ruleset organization/rulesets/deploy.json (README, step 2).',
    settle: () => askForRuleset(github, owner, repo),
  };
  const protectedByGitHub = {
    missing: 'main is not protected',
    remedy:
      'GitHub protects private repositories from the plan Team on. Without it, write `protect: false` ' +
      'in the template.',
    settle: () => protectMain(github, owner, repo, check),
  };
  if (!protect) return settled;
  return [...settled, part === 'deploy' ? reviewed : protectedByGitHub];
}

async function register(catalog, ctx, target) {
  const credentials = await ctx.getInitiatorCredentials();
  const request = { type: 'url', target, onConflict: 'refresh' };
  try {
    await catalog.addLocation(request, { credentials });
  } catch (error) {
    // A catalog that doesn't know onConflict: what was registered before is registered.
    if (error.name !== 'ConflictError' && error.cause?.name !== 'ConflictError') throw error;
  }
}

async function protectMain(github, owner, repo, check) {
  await github.repos.updateBranchProtection({
    owner,
    repo,
    branch: 'main',
    required_status_checks: { strict: false, contexts: [check] },
    required_pull_request_reviews: {
      required_approving_review_count: 1,
      dismiss_stale_reviews: true,
    },
    enforce_admins: true,
    restrictions: null,
  });
}

/** Automation writes into a deploy repository, so a ruleset with exceptions protects it. */
async function askForRuleset(github, owner, repo) {
  const { data: rules } = await github.repos.getBranchRules({ owner, repo, branch: 'main' });
  if (!rules.some(({ type }) => type === 'pull_request')) throw new Error('no ruleset asks for it');
}
