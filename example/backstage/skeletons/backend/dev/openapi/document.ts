/** The API's document, made from the schemas that the routes use. */
import { createDocument } from 'zod-openapi';
import { mePaths } from '../../src/auth/openapi.ts';
import { notePaths } from '../../src/notes/openapi.ts'; // example

export const FILE = new URL('../../openapi.json', import.meta.url);

export const createOpenApi = (): string =>
  `${JSON.stringify(
    createDocument({
      openapi: '3.1.0',
      info: { title: 'API', version: '1.0.0', description: 'Errors are problems (RFC 9457).' },
      servers: [{ url: '/' }],
      security: [{ token: [] }],
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'An access token of the OpenID provider, made out for this API',
          },
        },
      },
      paths: {
        ...mePaths,
        ...notePaths, // example
      },
    }),
    null,
    2,
  )}\n`;
