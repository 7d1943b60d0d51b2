import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { compare } from './compare.js';
import { APP, HOST, githubOf, repository, textOf, unless, wanted } from './github.js';

/** Asks first for what would be refused later, when half of the app is made. It changes nothing. */
export function createCheckAction(options) {
  return createTemplateAction({
    id: 'nodeapp:check',
    description: 'Refuses what GitHub or the catalog would refuse later, before anything is made',
    supportsDryRun: true,
    schema: {
      input: {
        ...APP,
        team: (z) => z.string().describe('The team on GitHub that shall maintain the repositories'),
        repositories: (z) =>
          z.record(z.boolean()).describe('Which of frontend, backend and deploy are made'),
        fleet: (z) => z.string().optional().describe('The repository that gets an entry'),
      },
    },
    async handler(ctx) {
      if (ctx.isDryRun) return;
      const { org, name, team, fleet, repositories } = ctx.input;
      const make = wanted(repositories);
      const github = await githubOf(options, org, `${name}-${make[0]}`, ctx.logger);
      const problems = [
        ...(await takenRepositories(github, ctx, org, name, make)),
        ...(await takenEntities(options.catalog, ctx, org, name, make)),
        ...(await unknownTeam(github, org, team)),
        ...(fleet ? await closedFleet(github, org, fleet, name) : []),
      ];
      if (problems.length === 0) return;
      throw new InputError(`Nothing was made.\n${problems.map((each) => `- ${each}`).join('\n')}`);
    },
  });
}

async function takenRepositories(github, ctx, org, name, make) {
  const problems = [];
  for (const part of make) {
    const repo = `${name}-${part}`;
    const state = await compare(github, org, repo, resolveSafeChildPath(ctx.workspacePath, part));
    if (state !== 'other') continue;
    problems.push(
      `The repository ${org}/${repo} exists, and it isn't what this form makes. Choose another name. If an ` +
        'earlier try left it, press Retry there, or ask the platform team to clean up.',
    );
  }
  return problems;
}

async function takenEntities(catalog, ctx, org, name, make) {
  const entityRefs = make.flatMap((part) =>
    part === 'deploy'
      ? [`system:default/${name}`, `resource:default/${name}-db`]
      : [`component:default/${name}-${part}`],
  );
  const credentials = await ctx.getInitiatorCredentials();
  const { items } = await catalog.getEntitiesByRefs({ entityRefs }, { credentials });
  return items.flatMap((entity, index) => {
    const from = entity?.metadata.annotations?.['backstage.io/managed-by-location'];
    if (!entity || from?.startsWith(`url:https://${HOST}/${org}/${name}-`)) return [];
    return [`The catalog has ${entityRefs[index]} already, from ${from}. Choose another name.`];
  });
}

async function unknownTeam(github, org, team) {
  if (await unless([403, 404], github.teams.getByName({ org, team_slug: team }))) return [];
  return [
    `GitHub has no team ${team} in ${org}, or Backstage may not see it. Make it with the group's name, ` +
      "or pick a group that has one. Backstage's GitHub App needs the right to read members.",
  ];
}

async function closedFleet(github, org, fleet, name) {
  const found = await repository(github, org, fleet);
  if (!found?.permissions?.push || found.archived) {
    const right = "Install Backstage's GitHub App on it, with the right to write contents.";
    return [`Backstage can't open a pull request in ${org}/${fleet}. ${right}`];
  }
  const entry = await textOf(github, org, fleet, `registry/${name}.yaml`);
  if (!entry || entry.includes(`https://${HOST}/${org}/${name}-deploy`)) return [];
  return [`The fleet deploys another app as ${name}: registry/${name}.yaml. Choose another name.`];
}
