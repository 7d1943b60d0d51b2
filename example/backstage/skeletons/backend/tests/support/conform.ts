/** Fails a test whose answer isn't what the API's document says. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import openapi from '../../openapi.json' with { type: 'json' };
import type { Answer } from './api.ts';

interface Documented {
  readonly description: string;
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, Documented>>;
}
type Operations = Readonly<Record<string, Operation>>;

const paths: Readonly<Record<string, Operations>> = openapi.paths;

const ajv = new Ajv2020({ strict: false, validateSchema: false });
addFormats.default(ajv);
ajv.addSchema(openapi, 'openapi');

const escaped = (part: string) =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

export function conform(method: string, path: string, answer: Answer): void {
  const [template, operations] =
    Object.entries(paths).find(([pattern]) => fits(pattern, path)) ?? [];
  const operation = operations?.[method];
  if (template === undefined || operation === undefined) return; // 404 or 405

  const status = String(answer.status);
  const documented = operation.responses[status];
  expect(documented, `openapi.json has no ${status} for ${method} ${template}`).toBeDefined();
  const [type = ''] = Object.keys(documented?.content ?? {});
  expect(answer.type).toBe(type);
  if (type === '') return;
  const pointer = ['paths', template, method, 'responses', status, 'content', type, 'schema'];
  const validate = ajv.compile({ $ref: `openapi#/${pointer.map(escaped).join('/')}` });
  validate(answer.body);
  expect(ajv.errorsText(validate.errors)).toBe('No errors');
}

const fits = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path.replace(/\?.*/, ''));
