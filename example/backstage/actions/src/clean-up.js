import { InputError, NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { APP, HOST, PARTS, githubOf, location, repository, unless } from './github.js';

/**
 * Takes away what the templates made of an app that the fleet doesn't deploy: its entities, its
 * pull request in the fleet, and its repositories. These are archived under another name, so nothing
 * is lost, and the app's name is free again.
 */
export function createCleanUpAction(options) {
  return createTemplateAction({
    id: 'nodeapp:clean-up',
    description: 'Unregisters an app and archives its repositories',
    schema: {
      input: {
        ...APP,
        confirmation: (z) => z.string().describe("The app's name again"),
        fleet: (z) => z.string().describe('The repository with the entries of all apps'),
        allowed: (z) => z.string().describe('The group whose members may do this'),
      },
    },
    async handler(ctx) {
      const { org, name, confirmation, fleet, allowed } = ctx.input;
      if (confirmation !== name)
        throw new InputError(`The names differ: ${name}, ${confirmation}.`);
      const groups = (ctx.user?.entity?.relations ?? []).filter(({ type }) => type === 'memberOf');
      if (!groups.some(({ targetRef }) => targetRef === allowed)) {
        throw new NotAllowedError(`Only members of ${allowed} may clean up.`);
      }
      const github = await githubOf(options, org, fleet, ctx.logger);
      await refuseWhatIsDeployed(github, org, fleet, name);
      await withdraw(github, org, fleet, `register-${name}`);
      for (const part of PARTS) {
        await unregister(options.catalog, ctx, location(org, `${name}-${part}`));
        await archive(github, ctx, org, `${name}-${part}`);
      }
    },
  });
}

async function refuseWhatIsDeployed(github, owner, repo, name) {
  const contents = github.repos.getContent({ owner, repo, path: 'registry' });
  const entries = (await unless([404], contents)) ?? [];
  // An app in two namespaces of one cluster has an entry for each.
  const own = entries.find((entry) => [`${name}.yaml`, `${name}-prod.yaml`].includes(entry.name));
  if (!own) return;
  throw new InputError(
    `The fleet deploys ${name}: ${own.path}. Offboard the app first (docs/golden-path.md, "Offboard an app").`,
  );
}

/** Closes the pull request that asks the fleet to deploy the app. */
async function withdraw(github, owner, repo, branch) {
  const { data: open } = await github.pulls.list({ owner, repo, head: `${owner}:${branch}` });
  for (const { number } of open) {
    await github.pulls.update({ owner, repo, pull_number: number, state: 'closed' });
  }
  await unless([404, 422], github.git.deleteRef({ owner, repo, ref: `heads/${branch}` }));
}

async function unregister(catalog, ctx, target) {
  const credentials = await ctx.getInitiatorCredentials();
  const found = await catalog.getLocationByRef(`url:${target}`, { credentials });
  if (!found) return;
  await catalog.removeLocationById(found.id, { credentials });
  ctx.logger.info(`${target} is unregistered`);
}

/** Gives up the name, and then archives. A repeated call finds the repository under its new name. */
async function archive(github, ctx, owner, repo) {
  const given = `${repo}-retired-${ctx.task.id.slice(0, 8)}`;
  const found = await repository(github, owner, repo);
  if (found?.archived) await github.repos.update({ owner, repo, archived: false });
  if (found) await github.repos.update({ owner, repo, name: given });
  const renamed = await repository(github, owner, given);
  if (!renamed || renamed.archived) return;
  await github.repos.update({ owner, repo: given, archived: true });
  ctx.logger.info(`https://${HOST}/${owner}/${given} is archived`);
}
