import './hasty.js';
import { once } from 'node:events';
import http from 'node:http';
import { api } from './api.js';
import { Repositories, serveGit } from './git.js';

/** As much of GitHub as the templates need: its API writes into real repositories. */
export async function startGitHub(root) {
  const github = {
    repositories: new Repositories(root),
    calls: [],
    pullRequests: [],
    teams: ['platform-team'],
    rules: [{ type: 'pull_request' }],
    refusals: [],
    about: {},
    renamed: {},
  };
  const server = http.createServer((request, response) => serve(github, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  github.url = `http://127.0.0.1:${server.address().port}`;
  github.stop = () => server.close();
  return github;
}

async function serve(github, request, response) {
  const { method, url } = request;
  const refusal = github.refusals.find((each) => each.method === method && url.match(each.path));
  if (refusal) github.refusals.splice(github.refusals.indexOf(refusal), 1);
  // A refusal that comes late: it is done, but the answer doesn't say so.
  if (refusal && !refusal.done) return send(response, refusal.status, { message: refusal.message });
  if (url.startsWith('/git/')) return serveGit(github.repositories, request, response);
  const body = JSON.parse((await text(request)) || 'null');
  const { pathname, searchParams } = new URL(url, github.url);
  github.calls.push({ method, path: pathname, body });
  const { status, result } = api(github, method, pathname, body, searchParams);
  if (refusal) return send(response, refusal.status, { message: refusal.message });
  return send(response, status, result);
}

function send(response, status, result) {
  response.statusCode = status;
  const raw = typeof result === 'string';
  response.setHeader('content-type', raw ? 'text/plain' : 'application/json; charset=utf-8');
  response.end(raw ? result : JSON.stringify(result));
}

async function text(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
