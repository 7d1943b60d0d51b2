import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { startGitHub } from './github.js';

/** GitHub with the company's fleet repository, and the templates of a folder. */
export async function startWorld(folder, into) {
  mkdirSync(into, { recursive: true });
  const github = await startGitHub(into);
  makeFleet(github.repositories, 'acme/fleet');
  const files = readdirSync(folder).filter((name) => /^template.*\.yaml$/.test(name));
  return { github, templates: files.map((name) => templateIn(path.join(folder, name))) };
}

function templateIn(file) {
  const template = parse(readFileSync(file, 'utf8'));
  template.metadata.annotations = {
    ...template.metadata.annotations,
    'backstage.io/managed-by-location': `file:${file}`,
  };
  return template;
}

function makeFleet(repositories, fleet) {
  repositories.create(fleet);
  const sha = repositories.blob(fleet, '# fleet\n');
  const tree = repositories.git(fleet, ['mktree'], { input: `100644 blob ${sha}\tREADME.md\n` });
  const commit = repositories.commit(fleet, { message: 'feat: begin', tree, parents: [] });
  repositories.git(fleet, ['update-ref', 'refs/heads/main', commit]);
}
