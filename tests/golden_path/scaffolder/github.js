import { once } from 'node:events';
import http from 'node:http';
import { Repositories, serveGit } from './git.js';

/** As much of GitHub as the template needs: its API writes into real repositories. */
export async function startGitHub(root) {
  const github = { repositories: new Repositories(root), calls: [], pullRequests: [] };
  const server = http.createServer((request, response) => {
    if (request.url.startsWith('/git/')) return serveGit(github.repositories, request, response);
    return serveApi(github, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  github.url = `http://127.0.0.1:${server.address().port}`;
  github.stop = () => server.close();
  return github;
}

async function serveApi(github, request, response) {
  const body = JSON.parse((await text(request)) || 'null');
  const { pathname, searchParams } = new URL(request.url, github.url);
  github.calls.push({ method: request.method, path: pathname, body });
  const found = routes
    .map(([method, path, handle]) => [method === request.method && path.exec(pathname), handle])
    .find(([match]) => match);
  const [match, handle] = found ?? [[], () => ({ message: 'Not Found' })];
  const result = handle(github, body, ...match.slice(1), searchParams);
  response.statusCode = found ? (request.method === 'POST' ? 201 : 200) : 404;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(result));
}

async function text(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const repository = '/repos/([^/]+/[^/]+)';
const route = (method, path, handle) => [method, new RegExp(`^${path}$`), handle];

const routes = [
  route('GET', '/users/([^/]+)', (_github, _body, login) => ({ login, type: 'Organization' })),
  route('POST', '/orgs/([^/]+)/repos', createRepository),
  route('PUT', `/orgs/[^/]+/teams/[^/]+${repository}`, () => ({})),
  route('PUT', `${repository}/topics`, (_github, body) => body),
  route('PUT', `${repository}/branches/main/protection`, () => ({})),
  route('GET', repository, () => ({ default_branch: 'main', permissions: { push: true } })),
  route('GET', `${repository}/commits`, latestCommit),
  route('POST', `${repository}/git/blobs`, ({ repositories }, { content, encoding }, name) => ({
    sha: repositories.blob(name, Buffer.from(content, encoding)),
  })),
  route('POST', `${repository}/git/trees`, ({ repositories }, { base_tree, tree }, name) => ({
    sha: repositories.tree(name, base_tree, tree),
  })),
  route('POST', `${repository}/git/commits`, ({ repositories }, commit, name) => ({
    sha: repositories.commit(name, commit),
  })),
  route('POST', `${repository}/git/refs`, ({ repositories }, { ref, sha }, name) => {
    repositories.git(name, ['update-ref', ref, sha]);
    return { ref, object: { sha } };
  }),
  // The only question is whether the pull request's branch is there already.
  route('POST', '/graphql', () => ({ data: { repository: { ref: null } } })),
  route('POST', `${repository}/pulls`, openPullRequest),
];

function createRepository({ repositories, url }, { name }, org) {
  repositories.create(`${org}/${name}`);
  const full = `${org}/${name}`;
  return { name, clone_url: `${url}/git/${full}.git`, html_url: `https://github.com/${full}` };
}

function latestCommit({ repositories }, _body, name, search) {
  const [sha, tree] = repositories
    .git(name, ['log', '-1', '--format=%H %T', search.get('sha')])
    .split(' ');
  return [{ sha, commit: { tree: { sha: tree } } }];
}

function openPullRequest({ pullRequests }, { title, body, head, base }, name) {
  const number = pullRequests.length + 1;
  pullRequests.push({ repository: name, number, title, body, head: head.split(':').pop(), base });
  return { number, html_url: `https://github.com/${name}/pull/${number}`, base: { ref: base } };
}
