const repository = '/repos/([^/]+/[^/]+)';
const route = (method, path, handle) => [method, new RegExp(`^${path}$`), handle];

class Refused extends Error {
  constructor(status, message, errors) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** What GitHub's API answers: the status, and the body. */
export function api(github, method, pathname, body, search) {
  const [match, handle] = routes
    .map(([wanted, path, handle]) => [wanted === method && path.exec(pathname), handle])
    .find(([match]) => match) ?? [[], () => notFound()];
  const parts = match.slice(1).map(decodeURIComponent);
  try {
    const result = handle(github, body, ...parts, search);
    return { status: method === 'POST' ? 201 : 200, result };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: error.status, result: { message: error.message, errors: error.errors } };
  }
}

function notFound() {
  throw new Refused(404, 'Not Found');
}

const routes = [
  route('GET', '/users/([^/]+)', (_github, _body, login) => ({ login, type: 'Organization' })),
  route('GET', '/orgs/[^/]+/teams/([^/]+)', ({ teams }, _body, slug) =>
    teams.includes(slug) ? { slug } : notFound(),
  ),
  route('POST', '/orgs/([^/]+)/repos', createRepository),
  route('PUT', `/orgs/[^/]+/teams/([^/]+)${repository}`, ({ teams }, _body, slug) =>
    teams.includes(slug) ? {} : notFound(),
  ),
  route('GET', repository, describe),
  route('PATCH', repository, changeRepository),
  route('PUT', `${repository}/topics`, (_github, body) => body),
  route('PUT', `${repository}/branches/main/protection`, () => ({})),
  route('GET', `${repository}/rules/branches/main`, ({ rules }) => rules),
  route('GET', `${repository}/commits`, latestCommit),
  route('GET', `${repository}/contents/(.+)`, contents),
  route('GET', `${repository}/git/trees/main`, tree),
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
    if (repositories.has(name, ref)) throw new Refused(422, 'Reference already exists');
    repositories.git(name, ['update-ref', ref, sha]);
    return { ref, object: { sha } };
  }),
  route('PATCH', `${repository}/git/refs/(.+)`, ({ repositories }, { sha }, name, ref) => {
    repositories.git(name, ['update-ref', `refs/${ref}`, sha]);
    return { ref, object: { sha } };
  }),
  route('DELETE', `${repository}/git/refs/(.+)`, ({ repositories }, _body, name, ref) => {
    if (!repositories.has(name, `refs/${ref}`)) throw new Refused(422, 'Reference does not exist');
    repositories.git(name, ['update-ref', '-d', `refs/${ref}`]);
    return {};
  }),
  route('POST', '/graphql', branchOf),
  route('GET', `${repository}/pulls`, ({ pullRequests }, _body, name, search) =>
    pullRequests.filter(
      (each) =>
        each.repository === name &&
        each.state === 'open' &&
        each.head === search.get('head').split(':').pop(),
    ),
  ),
  route('POST', `${repository}/pulls`, openPullRequest),
  route('PATCH', `${repository}/pulls/(.+)`, ({ pullRequests }, changes, name, number) => {
    const found = pullRequests.find((each) => each.number === Number(number));
    if (changes.state) found.state = changes.state;
    return described(found);
  }),
];

function createRepository({ repositories, renamed, about, url }, { name }, org) {
  const full = `${org}/${name}`;
  if (repositories.exists(full)) {
    const message = 'name already exists on this account';
    throw new Refused(422, 'Repository creation failed.', [{ field: 'name', message }]);
  }
  repositories.create(full);
  delete renamed[full]; // A former name leads nowhere once another repository has it.
  about[full] = { archived: false };
  return { name, clone_url: `${url}/git/${full}.git`, html_url: `https://github.com/${full}` };
}

function describe({ repositories, renamed, about, url }, _body, asked) {
  const full = renamed[asked] ?? asked; // GitHub leads from a former name to the present one.
  if (!repositories.exists(full)) notFound();
  return {
    name: full.split('/')[1],
    default_branch: 'main',
    archived: about[full]?.archived ?? false,
    permissions: { push: true },
    clone_url: `${url}/git/${full}.git`,
    html_url: `https://github.com/${full}`,
  };
}

function changeRepository({ repositories, renamed, about }, { name, archived }, asked) {
  let full = renamed[asked] ?? asked;
  if (about[full]?.archived && archived !== false) {
    throw new Refused(403, 'Repository was archived so is read-only.');
  }
  if (archived !== undefined) about[full] = { archived };
  if (name) {
    const given = `${full.split('/')[0]}/${name}`;
    repositories.rename(full, given);
    [renamed[full], about[given]] = [given, about[full]];
    full = given;
  }
  return { name: full.split('/')[1] };
}

function latestCommit({ repositories }, _body, name, search) {
  if (!repositories.exists(name)) notFound();
  const [sha, tree] = repositories
    .git(name, ['log', '-1', '--format=%H %T', search.get('sha')])
    .split(' ');
  return [{ sha, commit: { tree: { sha: tree } } }];
}

function contents({ repositories }, _body, name, file) {
  if (!repositories.exists(name) || !repositories.has(name, `main:${file}`)) notFound();
  const object = `main:${file}`;
  if (repositories.git(name, ['cat-file', '-t', object]) === 'blob') {
    return repositories.text(name, object);
  }
  const names = repositories.git(name, ['ls-tree', '--name-only', object]).split('\n');
  return names.map((each) => ({ name: each, path: `${file}/${each}` }));
}

function tree({ repositories }, _body, name) {
  if (!repositories.exists(name)) notFound();
  if (!repositories.has(name, 'refs/heads/main'))
    throw new Refused(409, 'Git Repository is empty.');
  const lines = repositories.git(name, ['ls-tree', '-r', '-z', 'main']).split('\0').filter(Boolean);
  return {
    tree: lines.map((line) => {
      const [, type, sha, path] = /^\d+ (\w+) (\w+)\t(.*)$/.exec(line);
      return { type, sha, path };
    }),
  };
}

/** The only query is whether a pull request's branch is there already, and a pull request of it. */
function branchOf({ repositories, pullRequests }, { variables: { owner, repo, head } }) {
  const name = `${owner}/${repo}`;
  if (!repositories.has(name, `refs/heads/${head}`)) return { data: { repository: { ref: null } } };
  const edges = pullRequests
    .filter((each) => each.repository === name && each.head === head && each.state === 'open')
    .map(({ number }) => ({ node: { id: String(number), number, url: '' } }));
  return { data: { repository: { ref: { associatedPullRequests: { edges } } } } };
}

function openPullRequest({ pullRequests }, { title, body, head, base }, name) {
  const number = pullRequests.length + 1;
  const [state, branch] = ['open', head.split(':').pop()];
  pullRequests.push({ repository: name, number, title, body, head: branch, base, state });
  return described(pullRequests.at(-1));
}

function described({ repository: name, number, base }) {
  return { number, html_url: `https://github.com/${name}/pull/${number}`, base: { ref: base } };
}
