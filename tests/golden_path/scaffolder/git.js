import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Bare repositories in a folder, as a Git host keeps them. */
export class Repositories {
  constructor(root) {
    this.root = root;
  }

  path(name) {
    return path.join(this.root, `${name}.git`);
  }

  create(name) {
    mkdirSync(this.path(name), { recursive: true });
    this.git(name, ['init', '-q', '--bare', '-b', 'main']);
    this.git(name, ['config', 'http.receivepack', 'true']);
  }

  exists(name) {
    return existsSync(this.path(name));
  }

  rename(name, given) {
    renameSync(this.path(name), this.path(given));
  }

  /** Whether there is such a reference or file. */
  has(name, object) {
    try {
      this.git(name, ['rev-parse', '--verify', '--quiet', object]);
      return true;
    } catch {
      return false;
    }
  }

  text(name, object) {
    return execFileSync('git', ['show', object], { cwd: this.path(name) }).toString();
  }

  git(name, args, { input, env } = {}) {
    const options = { cwd: this.path(name), input, env: { ...process.env, ...env } };
    return execFileSync('git', args, options).toString().trim();
  }

  read(name, revision, file) {
    return this.git(name, ['show', `${revision}:${file}`]);
  }

  blob(name, content) {
    return this.git(name, ['hash-object', '-w', '--stdin'], { input: content });
  }

  tree(name, base, entries) {
    const index = path.join(this.path(name), `index-${randomUUID()}`);
    const env = { GIT_INDEX_FILE: index };
    this.git(name, ['read-tree', base], { env });
    for (const { mode, sha, path: file } of entries) {
      this.git(name, ['update-index', '--add', '--cacheinfo', `${mode},${sha},${file}`], { env });
    }
    const tree = this.git(name, ['write-tree'], { env });
    rmSync(index);
    return tree;
  }

  commit(name, { message, tree, parents, author = {} }) {
    const who = { name: 'Backstage', email: 'backstage@acme.dev', ...author };
    const env = {
      GIT_AUTHOR_NAME: who.name,
      GIT_AUTHOR_EMAIL: who.email,
      GIT_COMMITTER_NAME: who.name,
      GIT_COMMITTER_EMAIL: who.email,
    };
    const from = parents.flatMap((parent) => ['-p', parent]);
    return this.git(name, ['commit-tree', tree, ...from, '-F', '-'], { input: message, env });
  }
}

/** Git's own smart HTTP server, called as the CGI program that it is. */
export function serveGit(repositories, request, response) {
  const url = new URL(request.url, 'http://localhost');
  const program = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: repositories.root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname.replace(/^\/git/, ''),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      CONTENT_LENGTH: request.headers['content-length'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
      REMOTE_USER: 'backstage',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  request.pipe(program.stdin);
  const chunks = [];
  program.stdout.on('data', (chunk) => chunks.push(chunk));
  program.stdout.on('end', () => answer(Buffer.concat(chunks), response));
}

function answer(output, response) {
  const end = output.indexOf('\r\n\r\n');
  for (const line of output.subarray(0, end).toString().split('\r\n')) {
    const [name, value] = line.split(/:\s*/, 2);
    if (name === 'Status') response.statusCode = parseInt(value, 10);
    else response.setHeader(name, value);
  }
  response.end(output.subarray(end + 4));
}
