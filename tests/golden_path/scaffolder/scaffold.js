// Takes {template, into, values, tries} as JSON on standard input, and prints what Backstage makes of it.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { parse } from 'yaml';
import { ask, entitiesOf, run, startBackstage } from './backstage.js';
import { startGitHub } from './github.js';
import { problems } from './entities.js';

// Backstage's own handler would swallow it.
process.on('uncaughtException', (error) => {
  console.error(error);
  process.exit(1);
});

const { template: file, into, values, tries } = await json(process.stdin);
const template = parse(readFileSync(file, 'utf8'));
template.metadata.annotations = { 'backstage.io/managed-by-location': `file:${file}` };
mkdirSync(into, { recursive: true });

const github = await startGitHub(into);
makeFleet();
const backstage = await startBackstage(template, github);
const actions = await ask(backstage, '/actions');
const report = {
  template: await problems([template]),
  actions: Object.fromEntries(actions.body.map(({ id, schema }) => [id, inputs(schema.input)])),
  tries: {},
};
for (const [name, changes] of Object.entries(tries)) {
  report.tries[name] = await dryRun({ ...values, ...changes });
}
report.run = await run(backstage, values);
report.calls = github.calls;
report.pullRequests = github.pullRequests;
report.registered = backstage.registered;
await backstage.stop();
github.stop();
process.stdout.write(JSON.stringify(report), () => process.exit(0));

function inputs({ properties = {}, anyOf = [] }) {
  return [...Object.keys(properties), ...anyOf.flatMap(inputs)];
}

function makeFleet() {
  const { repositories } = github;
  const fleet = `${values.org}/fleet`;
  repositories.create(fleet);
  const sha = repositories.blob(fleet, '# fleet\n');
  const tree = repositories.git(fleet, ['mktree'], { input: `100644 blob ${sha}\tREADME.md\n` });
  const commit = repositories.commit(fleet, { message: 'feat: begin', tree, parents: [] });
  repositories.git(fleet, ['update-ref', 'refs/heads/main', commit]);
}

async function dryRun(values) {
  const directoryContents = contents(path.dirname(file));
  const { status, body } = await ask(backstage, '/dry-run', {
    template,
    values,
    secrets: {},
    directoryContents,
  });
  if (status !== 200) return { status, errors: body.errors };
  const files = Object.fromEntries(
    body.directoryContents.map((made) => [
      made.path,
      Buffer.from(made.base64Content, 'base64').toString(),
    ]),
  );
  const described = Object.keys(files).filter((name) => name.endsWith('/catalog-info.yaml'));
  return {
    status,
    files,
    log: body.log.map((line) => line.body),
    output: body.output,
    entities: await problems(
      described.flatMap((name) => entitiesOf(name, (found) => files[found])),
    ),
  };
}

function contents(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((name) => ({
      path: path.relative(folder, name),
      base64Content: readFileSync(name, 'base64'),
    }));
}
