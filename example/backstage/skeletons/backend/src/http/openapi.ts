/** Parts of the API's document that its routes share. */
import { STATUS_CODES } from 'node:http';
import type * as z from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { ProblemDocument } from './problem.ts';

export const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** What any call may be answered. */
const ANY = [401, 429, 500, 503];

/** These answers, and those that any call may get. */
export const problems = (...statuses: number[]): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    [...statuses, ...ANY].map((status) => [
      status,
      {
        description: STATUS_CODES[status] ?? '',
        content: { 'application/problem+json': { schema: ProblemDocument } },
      },
    ]),
  );
