/** What the API's document says about who calls. */
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { json, problems } from '../http/openapi.ts';
import { User } from './user.ts';

export const mePaths: ZodOpenApiPathsObject = {
  '/api/me': {
    get: {
      operationId: 'getMe',
      summary: 'Who you are',
      responses: { 200: json(User, 'You'), ...problems() },
    },
  },
};
