import { setTimeout } from 'node:timers/promises';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { playedCatalog } from './catalog.js';

const GROUP = {
  kind: 'Group',
  metadata: { name: 'platform-team', namespace: 'default' },
  spec: {},
};

/** Whoever fills in a form. */
function somebody(groups) {
  const relations = groups.map((name) => ({
    type: 'memberOf',
    targetRef: `group:default/${name}`,
  }));
  return { kind: 'User', metadata: { name: 'mock', namespace: 'default' }, spec: {}, relations };
}

/**
 * Backstage's scaffolder with its GitHub actions and ours, and a catalog that has the templates.
 * With recover, it goes on where a task ended; without, Retry begins anew.
 */
export async function startBackstage(templates, github, { recover = false } = {}) {
  const user = somebody(['platform-team']);
  const catalog = playedCatalog([...templates, GROUP, user], github);
  const backend = await startTestBackend({
    features: [
      import('@backstage/plugin-scaffolder-backend'),
      import('@backstage/plugin-scaffolder-backend-module-github'),
      import('@backstage/plugin-scaffolder-backend-module-workspace-database'),
      import('./actions/src/index.js'),
      mockServices.rootConfig.factory({ data: config(github, recover) }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog.service,
      }),
    ],
  });
  const api = `http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2`;
  const join = (groups) => Object.assign(user, somebody(groups));
  return { api, join, registered: catalog.registered, stop: () => backend.stop() };
}

function config(github, recover) {
  const integration = { host: 'github.com', apiBaseUrl: github.url, token: 'dummy' };
  const scaffolder = {
    defaultAuthor: { name: 'Backstage', email: 'backstage@acme.dev' },
    defaultEnvironment: {
      parameters: {
        org: 'acme',
        domain: 'acme.dev',
        backstage: 'https://backstage.acme.dev',
        grafana: 'https://grafana.acme.dev',
      },
    },
  };
  if (recover) scaffolder.taskRecovery = { enabled: true, workspaceProvider: 'database' };
  return { integrations: { github: [integration] }, scaffolder };
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

/** Runs a template for real, and waits for its end. */
export async function run(backstage, template, values) {
  const templateRef = `template:default/${template}`;
  const task = await ask(backstage, '/tasks', { templateRef, values });
  if (!task.body.id) throw new Error(JSON.stringify(task));
  return ended(backstage, task.body.id);
}

/** Presses Retry, and waits for the task's end. */
export async function retry(backstage, id) {
  await ask(backstage, `/tasks/${id}/retry`, { secrets: {} });
  return ended(backstage, id);
}

async function ended(backstage, id) {
  for (let turn = 0; turn < 600; turn += 1) {
    await setTimeout(200);
    const { body } = await ask(backstage, `/tasks/${id}`);
    if (body.status === 'completed' || body.status === 'failed') {
      return told(backstage, id, body.status);
    }
  }
  throw new Error('the task has not ended within two minutes');
}

async function told(backstage, id, status) {
  const { body } = await ask(backstage, `/tasks/${id}/events`);
  const log = body.map((event) => event.body.message);
  const { output, error } = body.findLast((event) => event.type === 'completion').body;
  const failed = body.findLast((event) => event.body.status === 'failed')?.body.stepId;
  return { id, status, log, output, error: error?.message, failed };
}
