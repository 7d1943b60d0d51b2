import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { parseDocument } from 'yaml';
import { APP, githubOf, repository, textOf } from './github.js';
import { merged } from './merge.js';

const ANSWERS = '.skeleton.json';
const ASKED = {
  frontend: ['frontend'],
  backend: ['backend', 'port'],
  database: ['database', 'postgresql'],
};

/**
 * Adds a part to an app that exists: what the deploy skeleton writes for the part alone goes into the
 * YAML files of the app's own deploy repository, and nothing that is there changes.
 */
export function createAddPartAction(options) {
  return createTemplateAction({
    id: 'nodeapp:add-part',
    description: "Writes the files of an app's deploy repository with one more part",
    supportsDryRun: true,
    schema: {
      input: {
        ...APP,
        part: (z) => z.enum(['frontend', 'backend', 'database']),
        from: (z) =>
          z.string().describe('A folder with the deploy skeleton, rendered for the part'),
        into: (z) => z.string().describe('A folder for the files that change'),
      },
      output: {
        has: (z) => z.record(z.boolean()).describe('Which parts the app had before'),
      },
    },
    async handler(ctx) {
      const { org, name, part } = ctx.input;
      const from = resolveSafeChildPath(ctx.workspacePath, ctx.input.from);
      const into = resolveSafeChildPath(ctx.workspacePath, ctx.input.into);
      if (ctx.isDryRun) return ctx.output('has', {});
      const repo = `${name}-deploy`;
      const github = await githubOf(options, org, repo, ctx.logger);
      const found = await repository(github, org, repo);
      if (!found || found.archived) {
        throw new NotFoundError(`There is no repository ${org}/${repo} to add a part to.`);
      }
      const spec = parseDocument((await textOf(github, org, repo, 'base/nodeapp.yaml')) ?? '');
      const has = (key) => spec.hasIn(['spec', key]);
      // A part with a repository was added before: the check of that repository says if it was by this form.
      const done = has(part) && (await repository(github, org, `${name}-${part}`));
      if (!done) refuse(has, part, `${org}/${repo}`);
      await mkdir(into, { recursive: true });
      for (const file of done ? [] : [...(await yamlFiles(from)), ANSWERS]) {
        const theirs = await textOf(github, org, repo, file);
        if (theirs === undefined) continue;
        const more = await readFile(path.join(from, file), 'utf8');
        const text = file === ANSWERS ? answers(theirs, more, part) : merged(theirs, more);
        if (text === theirs) continue;
        await mkdir(path.dirname(path.join(into, file)), { recursive: true });
        await writeFile(path.join(into, file), text);
      }
      const parts = ['frontend', 'backend', 'database'];
      ctx.output('has', Object.fromEntries(parts.map((each) => [each, has(each)])));
    },
  });
}

/** What the repository was made from, with what the form says of the part. */
function answers(theirs, more, part) {
  const [kept, asked] = [theirs, more].map((text) => JSON.parse(text));
  for (const key of ASKED[part]) kept.values[key] = asked.values[key];
  return `${JSON.stringify(kept, null, 2)}\n`;
}

function refuse(has, part, repo) {
  if (!has('team')) {
    throw new InputError(`${repo} has no base/nodeapp.yaml with an app in it.`);
  }
  if (has(part)) throw new InputError(`base/nodeapp.yaml of ${repo} has a ${part} already.`);
  if (part === 'database' && !has('backend')) {
    throw new InputError(
      `A database needs a backend, and ${repo} has none. Add the backend first.`,
    );
  }
}

/** The files that describe the app: not its workflows, which are the same for all parts. */
async function yamlFiles(folder) {
  const names = await readdir(folder, { recursive: true });
  return names
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'));
}
