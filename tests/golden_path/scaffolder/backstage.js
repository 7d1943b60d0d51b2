import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parseAllDocuments } from 'yaml';

/** Backstage's scaffolder with its GitHub actions, and a catalog that has one template. */
export async function startBackstage(template, github) {
  const registered = [];
  const catalog = catalogServiceMock({ entities: [template] });
  catalog.addLocation = async ({ target, dryRun }) => {
    if (!dryRun) registered.push(target);
    return { location: { id: target, type: 'url', target }, entities: entitiesAt(target, github) };
  };
  const backend = await startTestBackend({
    features: [
      import('@backstage/plugin-scaffolder-backend'),
      import('@backstage/plugin-scaffolder-backend-module-github'),
      mockServices.rootConfig.factory({ data: config(github) }),
      createServiceFactory({ service: catalogServiceRef, deps: {}, factory: () => catalog }),
    ],
  });
  const api = `http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2`;
  return { api, registered, stop: () => backend.stop() };
}

function config(github) {
  const integration = { host: 'github.com', apiBaseUrl: github.url, token: 'dummy' };
  const author = { name: 'Backstage', email: 'backstage@acme.dev' };
  return { integrations: { github: [integration] }, scaffolder: { defaultAuthor: author } };
}

function entitiesAt(target, github) {
  const address = /^https:\/\/github.com\/([^/]+\/[^/]+)\/(?:blob|tree)\/([^/]+)\/(.+)$/;
  const [, name, branch, file] = address.exec(target);
  return entitiesOf(file, (found) => github.repositories.read(name, branch, found));
}

/** A file's entities, with the text of files that they include, as the catalog reads them. */
export function entitiesOf(file, read) {
  const entities = parseAllDocuments(read(file)).map((document) => document.toJS());
  for (const { spec } of entities) {
    const included = spec.definition?.$text;
    if (included) spec.definition = read(path.join(path.dirname(file), included));
  }
  return entities;
}

/** Asks the scaffolder's API. Its answer is JSON, whether it takes what was sent or not. */
export async function ask(backstage, path, body) {
  const response = await fetch(backstage.api + path, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(120_000),
  });
  return { status: response.status, body: await response.json() };
}

/** Runs the template for real, and waits for its end. */
export async function run(backstage, values) {
  const templateRef = 'template:default/node-development';
  const task = await ask(backstage, '/tasks', { templateRef, values });
  if (!task.body.id) throw new Error(JSON.stringify(task));
  for (let second = 0; second < 120; second += 1) {
    await setTimeout(1000);
    const { body } = await ask(backstage, `/tasks/${task.body.id}`);
    if (body.status === 'completed' || body.status === 'failed') return ended(backstage, body);
  }
  throw new Error('the task has not ended within two minutes');
}

async function ended(backstage, { id, status }) {
  const { body } = await ask(backstage, `/tasks/${id}/events`);
  const log = body.map((event) => event.body.message);
  const { output } = body.findLast((event) => event.type === 'completion').body;
  return { status, log, output };
}
