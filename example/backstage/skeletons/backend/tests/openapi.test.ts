import { readFileSync } from 'node:fs';
import type { Express } from 'express';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOpenApi, FILE } from '../dev/openapi/document.ts';
import openapi from '../openapi.json' with { type: 'json' };
import { startApi, type Api } from './support/api.ts';
import { conform } from './support/conform.ts';

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

interface Layer {
  readonly route?: {
    readonly path: string;
    readonly stack: readonly { readonly method?: string }[];
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

/** What the app has a handler for under /api. */
const routesOf = (layers: readonly Layer[]): string[] =>
  layers.flatMap(({ route, handle }) =>
    route
      ? route.stack.flatMap(({ method }) => (method ? [`${method} ${route.path}`] : []))
      : routesOf(handle.stack ?? []),
  );

describe('openapi.json', () => {
  it('is what the schemas say: else run `npm run openapi`', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(createOpenApi());
  });

  it('has every route of the API, and no other', () => {
    const { stack } = (api.app as Express & { router: { stack: Layer[] } }).router;
    const served = routesOf(stack).filter((route) => /^\w+ \/api\/(?!openapi)/.test(route));
    const told = Object.entries(openapi.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(served.sort()).toEqual(told.sort());
  });

  it('is served to anybody', async () => {
    expect((await api.call('get', '/api/openapi.json')).body).toEqual(openapi);
  });
});

describe('the tests', () => {
  const answer = {
    status: 200,
    type: 'application/json',
    headers: {},
    body: { subject: 'grace', name: 'Grace', roles: [] },
  };

  it.each([
    [{ ...answer, body: { name: 'Grace' } }, 'must have required property'],
    [{ ...answer, type: 'text/html' }, 'text/html'],
    [{ ...answer, status: 418 }, 'openapi.json has no 418'],
  ])('would notice an answer that is not as documented: %j', (wrong, complaint) => {
    conform('get', '/api/me', answer);
    expect(() => {
      conform('get', '/api/me', wrong);
    }).toThrow(complaint);
  });
});
