// Takes {folder, into, recover} as JSON on the first line of standard input, and then commands, one a line:
// {run: template, values}, {retry: id}, {refuse: {method, path, status, message, done}}, {set: {teams…}},
// {join: groups}, {merge: number}, {look: true}. Each is answered by a line of JSON.
import { createInterface } from 'node:readline';
import { retry, run, startBackstage } from './backstage.js';
import { startWorld } from './world.js';

process.on('uncaughtException', (error) => {
  console.error(error);
  process.exit(1);
});

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { folder, into, recover } = JSON.parse((await lines.next()).value);
const { github, templates } = await startWorld(folder, into);
const backstage = await startBackstage(templates, github, { recover });

const commands = {
  run: ({ run: template, values }) => run(backstage, template, values),
  retry: ({ retry: id }) => retry(backstage, id),
  refuse: ({ refuse }) => void github.refusals.push(refuse),
  join: ({ join }) => void backstage.join(join),
  set: ({ set }) => void Object.assign(github, set),
  merge: ({ merge: number }) => {
    const { repository, head, base } = github.pullRequests.find((each) => each.number === number);
    github.repositories.git(repository, ['update-ref', `refs/heads/${base}`, `refs/heads/${head}`]);
    github.repositories.git(repository, ['update-ref', '-d', `refs/heads/${head}`]);
    github.pullRequests.find((each) => each.number === number).state = 'closed';
  },
  look: () => ({
    registered: backstage.registered(),
    pullRequests: github.pullRequests,
    about: github.about,
    calls: github.calls,
  }),
};

for await (const line of lines) {
  const command = JSON.parse(line);
  const answer = await commands[Object.keys(command)[0]](command);
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
}
await backstage.stop();
process.exit(0);
