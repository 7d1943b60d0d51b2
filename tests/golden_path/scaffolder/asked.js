// Serves the repositories of a folder as GitHub serves them to an App that is installed there, until standard
// input ends: Git's protocol, and as much of the API as asking repositories to follow a skeleton needs.
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import http from 'node:http';
import { json } from 'node:stream/consumers';
import { Repositories, serveGit } from './git.js';

const repositories = new Repositories(process.argv[2]);
const pulls = [];

const server = http.createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/git/')) return serveGit(repositories, request, response);
  const body = request.method === 'GET' ? searchParams : await json(request);
  const [handle, match] = routes
    .map(([method, path, found]) => [found, method === request.method && path.exec(pathname)])
    .find(([, found]) => found) ?? [() => undefined, []];
  const result = handle(...match.slice(1), body);
  response.statusCode = result === undefined ? 404 : 200;
  response.setHeader('content-type', 'application/json');
  return response.end(JSON.stringify(result ?? { message: 'Not Found' }));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;
console.log(url);
process.stdin.resume().on('end', () => process.exit(0));

const routes = [
  ['GET', /^\/installation\/repositories$/, installed],
  ['GET', /^\/repos\/([^/]+\/[^/]+)\/contents\/(.+)$/, content],
  ['GET', /^\/repos\/([^/]+\/[^/]+)\/pulls$/, listed],
  ['POST', /^\/repos\/([^/]+\/[^/]+)\/pulls$/, open],
  ['GET', /^\/repos\/([^/]+\/[^/]+)\/pulls\/(\d+)\/commits$/, commits],
  ['PATCH', /^\/repos\/[^/]+\/[^/]+\/pulls\/(\d+)$/, (id, body) => Object.assign(pull(id), body)],
  ['POST', /^\/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/comments$/, comment],
];

const pull = (number) => pulls.find((each) => each.number === Number(number));

function installed() {
  const names = readdirSync(repositories.root).flatMap((owner) =>
    readdirSync(`${repositories.root}/${owner}`).map((name) => [owner, name.replace('.git', '')]),
  );
  const found = names.map(([login, name]) => ({
    full_name: `${login}/${name}`,
    name,
    owner: { login },
    clone_url: `${url}/git/${login}/${name}.git`,
    default_branch: 'main',
    archived: existsSync(`${repositories.path(`${login}/${name}`)}/archived`),
  }));
  return { total_count: found.length, repositories: found };
}

function listed(name, asked) {
  const [state, head] = [asked.get('state') ?? 'all', asked.get('head')];
  return pulls.filter(
    (each) =>
      each.at === name &&
      (state === 'all' || each.state === state) &&
      (!head || head === `${name.split('/')[0]}:${each.head.ref}`),
  );
}

function content(name, file) {
  const listed = repositories.git(name, ['ls-tree', 'main', file]);
  if (!listed) return undefined;
  return { content: Buffer.from(repositories.read(name, 'main', file)).toString('base64') };
}

function open(at, { title, body, head, base }) {
  const number = pulls.length + 1;
  const html_url = `https://github.com/${at}/pull/${number}`;
  pulls.push({
    at,
    number,
    html_url,
    state: 'open',
    title,
    body,
    head: { ref: head },
    base,
    comments: [],
  });
  return pulls.at(-1);
}

function commits(name, number) {
  const { head } = pull(number);
  const listed = repositories.git(name, ['log', '--format=%H', `main..${head.ref}`]);
  return listed.split('\n').map((sha) => ({ sha }));
}

function comment(number, { body }) {
  pull(number).comments.push(body);
  return {};
}
