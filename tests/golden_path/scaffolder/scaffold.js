// Takes {folder, into, run, tries} as JSON on standard input, and prints what Backstage makes of it.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { ask, run, startBackstage } from './backstage.js';
import { entitiesOf } from './catalog.js';
import { problems } from './entities.js';
import { startWorld } from './world.js';

// Backstage's own handler would swallow it.
process.on('uncaughtException', (error) => {
  console.error(error);
  process.exit(1);
});

const job = await json(process.stdin);
const { github, templates } = await startWorld(job.folder, job.into);
const backstage = await startBackstage(templates, github);
const actions = await ask(backstage, '/actions');
const report = {
  template: await problems(templates),
  actions: Object.fromEntries(actions.body.map(({ id, schema }) => [id, inputs(schema.input)])),
  tries: {},
};
const directoryContents = contents(job.folder);
for (const [name, { template, values }] of Object.entries(job.tries)) {
  report.tries[name] = await dryRun(template, values);
}
report.run = await run(backstage, 'node-development', job.run);
report.calls = github.calls;
report.pullRequests = github.pullRequests;
report.registered = backstage.registered();
await backstage.stop();
github.stop();
process.stdout.write(JSON.stringify(report), () => process.exit(0));

function inputs({ properties = {}, anyOf = [] }) {
  return [...Object.keys(properties), ...anyOf.flatMap(inputs)];
}

async function dryRun(name, values) {
  const template = templates.find(({ metadata }) => metadata.name === name);
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
  const described = Object.keys(files).filter((file) => file.endsWith('/catalog-info.yaml'));
  return {
    status,
    files,
    log: body.log.map((line) => line.body),
    output: body.output,
    entities: await problems(
      described.flatMap((file) => entitiesOf(file, (found) => files[found])),
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
